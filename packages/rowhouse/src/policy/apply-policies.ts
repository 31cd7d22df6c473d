import pg from "pg";
import { RowhouseError } from "../errors.ts";
import type { RoleNames } from "../settings.ts";
import { planPolicies, type PlannedStatement } from "./plan-policies.ts";
import { readTableFacts, type TableFacts } from "./table-facts.ts";

export interface PolicyTables {
  readonly tenant: readonly string[];
  readonly global?: readonly string[];
}

/**
 * Reads the catalog, plans and applies, in one transaction.
 *
 * @returns what ran
 * @throws RowhouseError MIGRATION_FAILED when a tenant table is missing or has no fitting `organization_id`
 */
export async function applyPolicies(
  client: pg.Client,
  { tables, roles }: { tables: PolicyTables; roles: RoleNames },
): Promise<PlannedStatement[]> {
  await client.query("begin");
  try {
    const tenant = await readTableFacts(client, tables.tenant);
    const global = await readTableFacts(client, tables.global ?? []);
    tenant.forEach(assertTenantTable);
    global.forEach(assertExists);
    const plan = planPolicies({ tenant, global, roles });
    for (const { sql } of plan) await client.query(sql);
    await client.query("commit");
    return plan;
  } catch (error) {
    if (error instanceof pg.DatabaseError || error instanceof RowhouseError) await client.query("rollback");
    throw error;
  }
}

function assertTenantTable(facts: TableFacts): void {
  assertExists(facts);
  if (facts.columnType === "uuid" && facts.columnNotNull) return;
  const found =
    facts.columnType === "" ? "no such column" : `${facts.columnType}${facts.columnNotNull ? " not null" : ""}`;
  throw new RowhouseError(
    "MIGRATION_FAILED",
    `Tenant table "${facts.name}" needs "organization_id uuid not null"; it has ${found}.`,
  );
}

function assertExists({ name, exists, isTable }: TableFacts): void {
  if (exists && isTable) return;
  const found = exists ? "is not a table" : "does not exist";
  throw new RowhouseError(
    "MIGRATION_FAILED",
    `"${name}" is in the tenancy's settings but ${found}; create it in a migration.`,
  );
}
