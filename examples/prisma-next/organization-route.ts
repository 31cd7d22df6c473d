import { problemResponse, toProblem } from "rowhouse/http";
import type { PrismaClient } from "./.rowhouse/prisma/client.ts";
import { openPrisma } from "./open-prisma.ts";
import { getProduct } from "./product.ts";

type Permission = "projects:read" | "projects:create";

interface Call<P> {
  readonly request: Request;
  readonly params: P;
  readonly prisma: PrismaClient;
}

type Route<P> = (request: Request, context: { readonly params: Promise<P> }) => Promise<Response>;

/**
 * A route handler inside of an organization. The organization is in the path, the person in the cookie; the membership is
 * read on every request, and the handler gets a Prisma client that is bound to both.
 */
export function organizationRoute<P extends { readonly slug: string }>(
  permission: Permission,
  handle: (call: Call<P>) => Promise<Response>,
): Route<P> {
  return async (request, context) => {
    try {
      const { tenancy, sessions } = getProduct();
      const params = await context.params;
      const user = sessions.userOf(request.headers.get("cookie"));
      return await tenancy.enter({ organization: params.slug, user, signal: request.signal }, async (tenant) => {
        tenant.assertCan(permission);
        return handle({ request, params, prisma: openPrisma(tenant) });
      });
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status >= 500) console.error(error);
      return problemResponse(problem);
    }
  };
}
