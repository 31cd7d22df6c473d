import { RowhouseError } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";

/**
 * The lock under which members and invitations of an organization change, one after the other, until the transaction
 * ends. Take it before anything else in the organization is written: whoever locks a row first and the organization
 * second (as the checks at commit do) can meet somebody who does it the other way around.
 *
 * It keeps nobody from reading, nor from writing rows of the product.
 *
 * @throws RowhouseError NOT_FOUND when the organization went meanwhile, ORGANIZATION_SUSPENDED
 */
export async function lockOrganization<DB, P extends string>(tenant: Tenant<DB, P>): Promise<void> {
  const row = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.organizations")
    .select("status")
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new RowhouseError("NOT_FOUND", "The organization does not exist any more.");
  if (row.status !== "active") throw new RowhouseError("ORGANIZATION_SUSPENDED", "The organization is suspended.");
}
