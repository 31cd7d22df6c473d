import {
  createTableRelationsHelpers,
  extractTablesRelationalConfig,
  type Logger,
  type RelationalSchemaConfig,
  type TablesRelationalConfig,
} from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { connectionsOf, type AnyTenant } from "../tenant/connections-of.ts";
import { TenantPgDialect } from "./drizzle-dialect.ts";
import { TenantDrizzleDatabase } from "./drizzle-session.ts";
import { TenantClient } from "./tenant-client.ts";

export interface OpenDrizzleOptions<TSchema extends Record<string, unknown>> {
  /** Tables and relations, as for `drizzle`. Tenant tables have the column `organization_id`. */
  readonly schema?: TSchema;
  /** As for `drizzle`: how columns without a name of their own are called. */
  readonly casing?: "snake_case" | "camelCase";
  readonly logger?: Logger;
}

/**
 * Drizzle's own database for a tenant, with relational queries, transactions and prepared statements. Tenant tables are
 * filtered and stamped in the statement itself, and by row security; raw SQL (`db.execute`, `sql` fragments) by row
 * security alone.
 *
 * ```ts
 * const db = openDrizzle(tenant, { schema });
 * await db.query.projects.findMany({ with: { tasks: true } });
 * ```
 *
 * @throws RowhouseError NO_TENANT for what is no tenant handle
 */
export function openDrizzle<TSchema extends Record<string, unknown> = Record<string, never>>(
  tenant: AnyTenant,
  { schema, casing, logger }: OpenDrizzleOptions<TSchema> = {},
): NodePgDatabase<TSchema> {
  const connections = connectionsOf(tenant);
  const dialect = new TenantPgDialect(connections, casing === undefined ? {} : { casing });
  const relational = schema && relationsOf(schema);
  return new TenantDrizzleDatabase<TSchema>(new TenantClient(connections), { dialect, schema: relational, logger });
}

const relationsBySchema = new WeakMap<object, RelationalSchemaConfig<TablesRelationalConfig>>();

/** Read once a schema: it takes longer than a query. */
function relationsOf(fullSchema: Record<string, unknown>): RelationalSchemaConfig<TablesRelationalConfig> {
  const known = relationsBySchema.get(fullSchema);
  if (known !== undefined) return known;
  const { tables: schema, tableNamesMap } = extractTablesRelationalConfig(fullSchema, createTableRelationsHelpers);
  const relations = { fullSchema, schema, tableNamesMap };
  relationsBySchema.set(fullSchema, relations);
  return relations;
}
