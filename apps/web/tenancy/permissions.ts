import { definePermissions, type PermissionOf } from "rowhouse";

/** Who may do what in this product. */
export const permissions = definePermissions({
  resources: {
    projects: ["read", "create", "update", "delete"],
    tasks: ["read", "create", "update", "delete"],
  },
  roles: {
    owner: ["*"],
    admin: [
      "organization:read",
      "organization:update",
      "members:*",
      "invitations:*",
      "settings:*",
      "domains:*",
      "service-accounts:*",
      "api-keys:*",
      "audit:*",
      "projects:*",
      "tasks:*",
    ],
    member: [
      "organization:read",
      "members:read",
      // Settings hold for everybody, so everybody reads them.
      "settings:read",
      "projects:read",
      "projects:create",
      "projects:update",
      "tasks:read",
      "tasks:create",
      "tasks:update",
      "tasks:delete",
    ],
    viewer: ["organization:read", "members:read", "settings:read", "projects:read", "tasks:read"],
  },
});

export type Permission = PermissionOf<typeof permissions>;
