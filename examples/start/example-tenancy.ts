import type { Generated } from "kysely";
import { definePermissions, defineTenancy, type PermissionOf } from "rowhouse";
import { tables } from "./tables.ts";

/** The tables as Kysely and `tenant.db` see them. */
export interface ExampleTables {
  projects: { id: Generated<string>; organizationId: string; name: string; createdAt: Generated<Date> };
  tasks: { id: Generated<string>; organizationId: string; projectId: string; title: string };
}

const permissions = definePermissions({
  resources: { projects: ["read", "create"] },
  roles: {
    owner: ["*"],
    admin: ["projects:*"],
    member: ["projects:*"],
    viewer: ["projects:read"],
  },
});

/** What every example needs to know of its tenants. */
export function defineExampleTenancy(runtimeUrl: string) {
  return defineTenancy<ExampleTables, PermissionOf<typeof permissions>>({
    database: { url: runtimeUrl },
    tables,
    permissions,
  });
}

export type ExampleTenancy = ReturnType<typeof defineExampleTenancy>;
