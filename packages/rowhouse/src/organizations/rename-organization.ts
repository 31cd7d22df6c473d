import { sql } from "kysely";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { Organization } from "../tenant/organization.ts";
import type { Tenant, TenantQueries } from "../tenant/tenant.ts";
import { parseOrganizationName } from "./create-organization.ts";

/**
 * Gives the organization another name. Its slug, and with it every address, stays.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT
 */
export async function renameOrganization<DB, P extends string>(
  tenant: Tenant<DB, P | "organization:update">,
  input: { readonly name: string },
): Promise<Organization> {
  tenant.assertCan("organization:update");
  const { id, slug } = tenant.organization;
  const name = parseOrganizationName(input.name);
  const db = tenant.db as unknown as TenantQueries<ControlPlane>;
  await db
    .updateTable("rowhouse.organizations")
    .set({ name, updatedAt: sql`now()` })
    .where("id", "=", id)
    .execute();
  return { id, slug, name };
}
