import { isAtLeast, type Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { Tenant, TenantQueries } from "../tenant/tenant.ts";

/**
 * Makes a user a member. Nobody gives a role above their own.
 *
 * @throws RowhouseError FORBIDDEN, CONFLICT when the user is a member already
 */
export async function addMember<DB, P extends string>(
  tenant: Tenant<DB, P | "members:update">,
  member: { readonly userId: string; readonly role: Role },
): Promise<void> {
  tenant.assertCan("members:update");
  if (!isAtLeast(tenant.role, member.role)) {
    throw new RowhouseError("FORBIDDEN", `The role ${tenant.role} cannot make somebody ${member.role}.`);
  }
  await controlPlaneOf(tenant).insertInto("rowhouse.memberships").values(member).execute();
}

/** The control plane through the tenant's own handle: bound to the organization like every other statement. */
function controlPlaneOf<DB, P extends string>(tenant: Tenant<DB, P>): TenantQueries<ControlPlane> {
  return tenant.db as unknown as TenantQueries<ControlPlane>;
}
