import { sql } from "kysely";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Organization } from "../tenant/organization.ts";
import type { Tenant } from "../tenant/tenant.ts";
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
  await controlPlaneOf(tenant)
    .updateTable("rowhouse.organizations")
    .set({ name, updatedAt: sql`now()` })
    .where("id", "=", id)
    .execute();
  return { id, slug, name };
}
