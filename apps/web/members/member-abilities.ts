import { isAtLeast, roles, type Role } from "rowhouse";
import type { Tenant } from "@/tenancy/tenancy";

/** What the viewer may do with members, as plain values a client component can receive. */
export interface MemberAbilities {
  readonly userId: string | undefined;
  readonly update: boolean;
  readonly remove: boolean;
  readonly transferOwnership: boolean;
  /** The roles up to the viewer's own: which they may give, and on whose holders they may act. */
  readonly grantable: readonly Role[];
}

/** Asks once on the server, so that the page leaves out what the role cannot do. The database still decides. */
export function memberAbilities(tenant: Tenant): MemberAbilities {
  return {
    userId: tenant.actor.kind === "user" ? tenant.actor.userId : undefined,
    update: tenant.can("members:update"),
    remove: tenant.can("members:remove"),
    transferOwnership: tenant.role === "owner",
    grantable: grantableRoles(tenant),
  };
}

/** The roles up to the viewer's own, from the most to the least powerful. */
export function grantableRoles(tenant: Tenant): Role[] {
  return roles.filter((role) => isAtLeast(tenant.role, role));
}
