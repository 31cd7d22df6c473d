import type { Permissions } from "./permissions.ts";
import { roles, type Role } from "./roles.ts";

/** One permission, and which roles have it. */
export interface PermissionRow {
  readonly resource: string;
  readonly action: string;
  readonly roles: Readonly<Record<Role, boolean>>;
}

/** The table of permissions as a page shows it, in the order of the table. */
export function permissionMatrix<P extends string>(permissions: Permissions<P>): PermissionRow[] {
  return permissions.all.map((permission) => {
    const [resource = "", action = ""] = permission.split(":", 2);
    const has = Object.fromEntries(roles.map((role) => [role, permissions.can(role, permission)]));
    return { resource, action, roles: has as Record<Role, boolean> };
  });
}
