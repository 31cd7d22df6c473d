import { Kysely, type KyselyPlugin } from "kysely";
import { connectionsOf, type AnyTenant } from "../tenant/connections-of.ts";
import type { TenantTables } from "../tenant/tenant.ts";
import { TenantDialect } from "./tenant-dialect.ts";

export interface OpenKyselyOptions {
  /** Kysely's own or yours, as `new CamelCasePlugin()`. They run before the statement is bound, and cannot take that away. */
  readonly plugins?: readonly KyselyPlugin[];
}

/**
 * A whole Kysely for a tenant: with transactions, savepoints, streams and plugins, and with names as in Postgres. Tenant
 * tables are filtered and stamped in the statement itself, and by row security; raw SQL by row security alone.
 *
 * ```ts
 * const db = openKysely<Database>(tenant);
 * await db.insertInto("projects").values({ name }).execute();
 * ```
 *
 * @throws RowhouseError NO_TENANT for what is no tenant handle
 */
export function openKysely<DB>(tenant: AnyTenant, { plugins = [] }: OpenKyselyOptions = {}): Kysely<TenantTables<DB>> {
  const dialect = new TenantDialect(connectionsOf(tenant));
  const executor = dialect.createExecutor(plugins);
  return new Kysely({ config: { dialect }, dialect, driver: dialect.createDriver(), executor });
}
