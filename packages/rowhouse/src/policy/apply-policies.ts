import pg from "pg";
import { RowhouseError } from "../errors.ts";
import type { RoleNames } from "../settings.ts";
import { controlPlaneTables } from "../database/control-plane-tables.ts";
import { applySealKeys, type SealKeys } from "./apply-seal-keys.ts";
import { canaryTable, plantCanary } from "./canary.ts";
import { planPolicies, type PlannedStatement } from "./plan-policies.ts";
import { recordPolicies } from "./record-policies.ts";
import { planSealing } from "./plan-sealing.ts";
import { printingSettings, readTableFacts, type TableFacts } from "./table-facts.ts";

export interface PolicyTables {
  readonly tenant: readonly string[];
  readonly global?: readonly string[];
}

export interface ApplyOptions {
  readonly tables: PolicyTables;
  readonly roles: RoleNames;
  /** Takes policies that did not come by a migration as meant. */
  readonly acceptPolicies?: boolean | undefined;
  /** Left out: contexts are sealed if they were before. */
  readonly seal?: SealKeys | "off" | undefined;
}

/**
 * Reads the catalog, plans, applies and writes the manifest of policies, in one transaction.
 *
 * @returns what ran
 * @throws RowhouseError MIGRATION_FAILED when a tenant table is missing or has no fitting `organization_id`
 */
export async function applyPolicies(client: pg.Client, options: ApplyOptions): Promise<PlannedStatement[]> {
  const recorded = { tenantTables: options.tables.tenant, accept: options.acceptPolicies };
  await client.query("begin");
  try {
    const plan = await recordPolicies(client, recorded, () => planAndRun(client, options));
    await plantCanary(client);
    await client.query("commit");
    return plan;
  } catch (error) {
    if (error instanceof pg.DatabaseError || error instanceof RowhouseError) await client.query("rollback");
    throw error;
  }
}

async function planAndRun(client: pg.Client, { tables, roles, seal }: ApplyOptions): Promise<PlannedStatement[]> {
  const isSealed = await applySealKeys(client, seal);
  await client.query(printingSettings);
  const tenant = await readTableFacts(client, tables.tenant);
  const global = await readTableFacts(client, tables.global ?? []);
  const canaries = await readTableFacts(client, [canaryTable]);
  [...tenant, ...canaries].forEach(assertTenantTable);
  global.forEach(assertExists);
  const control = await readTableFacts(client, [...controlPlaneTables.keys()]);
  const plan = [...planPolicies({ tenant, global, canaries, roles, isSealed }), ...planSealing(control, isSealed)];
  for (const { sql } of plan) await client.query(sql);
  return plan;
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
