import { problemResponse } from "rowhouse/http";
import { describeRefusal } from "../start/describe-refusal.ts";
import type { PrismaClient } from "./.rowhouse/prisma/client.ts";
import { inOrganization, type Permission } from "./in-organization.ts";

interface Call<P> {
  readonly request: Request;
  readonly params: P;
  readonly prisma: PrismaClient;
}

type Route<P> = (request: Request, context: { readonly params: Promise<P> }) => Promise<Response>;

/** A route handler inside of an organization; what is refused becomes a problem of RFC 9457. */
export function organizationRoute<P extends { readonly slug: string }>(
  permission: Permission,
  handle: (call: Call<P>) => Promise<Response>,
): Route<P> {
  return async (request, context) => {
    try {
      const params = await context.params;
      const entry = { slug: params.slug, permission, cookies: request.headers.get("cookie"), signal: request.signal };
      return await inOrganization(entry, (prisma) => handle({ request, params, prisma }));
    } catch (error) {
      return problemResponse(describeRefusal(error));
    }
  };
}
