import { definePermissions, defineTenancy, type PermissionOf, type Tenant } from "rowhouse";
import { tables, type BenchTables } from "../database/bench-database.ts";
import { pageSize } from "../operations/operation.ts";
import type { ContestantOptions } from "./contestant.ts";

const permissions = definePermissions({
  resources: { projects: ["read", "create"], members: ["read"] },
  roles: { owner: ["*"], admin: ["*"], member: ["projects:read"], viewer: ["projects:read"] },
});

export type BenchTenant = Tenant<BenchTables, PermissionOf<typeof permissions>>;

export function openTenancy({
  runtimeUrl,
  connections,
  prepare = true,
  seal,
}: Pick<ContestantOptions, "runtimeUrl" | "connections"> & {
  readonly prepare?: boolean;
  readonly seal?: { readonly key: string };
}) {
  return defineTenancy<BenchTables, PermissionOf<typeof permissions>>({
    database: { url: runtimeUrl, maxConnections: connections, acquireTimeoutMs: 60_000, prepare, seal },
    tables,
    permissions,
  });
}

/** The list as an application writes it: built anew for every call, and without naming the organization. */
export function newestProjects({ db }: BenchTenant) {
  return db
    .selectFrom("projects")
    .select(["id", "name", "createdAt", "updatedAt"])
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(pageSize);
}
