import type { PrismaClient } from "./.rowhouse/prisma/client.ts";
import { openPrisma } from "./open-prisma.ts";
import { getProduct } from "./product.ts";

export type Permission = "projects:read" | "projects:create";

/** Who asks for what. */
export interface Entry {
  /** Of the organization, from the address. */
  readonly slug: string;
  readonly permission: Permission;
  /** As the browser sent them. */
  readonly cookies: string | null;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The one door: pages, actions and route handlers come through here. The person is in the cookie, the organization in the
 * address; the membership is read every time, and `work` gets a Prisma client that is bound to both.
 *
 * @throws RowhouseError UNAUTHENTICATED, NOT_FOUND where the person is no member, FORBIDDEN
 */
export async function inOrganization<T>(
  { slug, permission, cookies, signal }: Entry,
  work: (prisma: PrismaClient) => Promise<T>,
): Promise<T> {
  const { tenancy, sessions } = getProduct();
  const user = sessions.userOf(cookies);
  return tenancy.enter({ organization: slug, user, ...(signal && { signal }) }, async (tenant) => {
    tenant.assertCan(permission);
    return work(openPrisma(tenant));
  });
}
