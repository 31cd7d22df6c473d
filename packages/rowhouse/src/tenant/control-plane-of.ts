import type { ControlPlane } from "./control-plane.ts";
import type { Tenant, TenantQueries } from "./tenant.ts";

/** The control plane through the tenant's own handle: bound to the organization like every other statement. */
export function controlPlaneOf<DB, P extends string>(tenant: Tenant<DB, P>): TenantQueries<ControlPlane> {
  return tenant.db as unknown as TenantQueries<ControlPlane>;
}
