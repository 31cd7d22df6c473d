import { roles, type Role } from "./roles.ts";

/** What Rowhouse itself guards. An application adds its own resources beside these. */
const builtIn = {
  organization: ["read", "update", "delete"],
  members: ["read", "update", "remove"],
  invitations: ["read", "create", "revoke"],
  settings: ["read", "update"],
  domains: ["read", "update"],
  "service-accounts": ["read", "create", "update"],
  "api-keys": ["read", "create", "revoke"],
  audit: ["read", "export"],
} as const;

type Resources = Readonly<Record<string, readonly string[]>>;

type PermissionsIn<R extends Resources> = {
  [Resource in keyof R & string]: `${Resource}:${R[Resource][number]}`;
}[keyof R & string];

/** `resource:action` */
export type Permission<R extends Resources> = PermissionsIn<R> | PermissionsIn<typeof builtIn>;

/** A permission, every action on a resource (`projects:*`), or everything (`*`). */
export type Grant<R extends Resources> = Permission<R> | `${(keyof R & string) | keyof typeof builtIn}:*` | "*";

/** The one typed table of who may do what. */
export interface Permissions<P extends string> {
  /** Every permission there is, in the order of the table. */
  readonly all: readonly P[];
  /** @throws TypeError for a permission that is not in the table: a misspelt check must not quietly say no. */
  can(role: Role, permission: P): boolean;
  /** The permissions of one role. */
  of(role: Role): readonly P[];
}

/** The permission type of a table: `PermissionOf<typeof permissions>`. */
export type PermissionOf<T> = T extends Permissions<infer P> ? P : never;

/**
 * Says what each role may do. A role has what is written beside it and nothing by inheritance, so the table reads as it
 * applies.
 *
 * ```ts
 * const permissions = definePermissions({
 *   resources: { projects: ["read", "create"] },
 *   roles: { owner: ["*"], admin: ["projects:*"], member: ["projects:read"], viewer: ["projects:read"] },
 * });
 * permissions.can("viewer", "projects:create"); // false
 * ```
 *
 * @throws TypeError when a grant names a resource or action that does not exist.
 */
export function definePermissions<const R extends Resources>(table: {
  readonly resources: R;
  readonly roles: Readonly<Record<Role, readonly Grant<NoInfer<R>>[]>>;
}): Permissions<Permission<R>> {
  const resources: Resources = { ...builtIn, ...table.resources };
  const all = Object.entries(resources).flatMap(([name, actions]) => actions.map((action) => `${name}:${action}`));
  const byRole = new Map(roles.map((role) => [role, expand(table.roles[role], all)]));
  return Object.freeze({
    all: Object.freeze(all) as readonly Permission<R>[],
    can: (role: Role, permission: Permission<R>) => {
      if (!all.includes(permission))
        throw new TypeError(`There is no permission "${permission}"; known are ${all.join(", ")}.`);
      return byRole.get(role)?.has(permission) ?? false;
    },
    of: (role: Role) => all.filter((permission) => byRole.get(role)?.has(permission)) as Permission<R>[],
  });
}

function expand(grants: readonly string[], all: readonly string[]): ReadonlySet<string> {
  return new Set(grants.flatMap((grant) => matching(grant, all)));
}

function matching(grant: string, all: readonly string[]): readonly string[] {
  if (grant === "*") return all;
  const found = all.filter((permission) => permission === grant || `${permission.split(":", 1)[0]}:*` === grant);
  if (found.length === 0)
    throw new TypeError(`The grant "${grant}" matches no permission; known are ${all.join(", ")}.`);
  return found;
}
