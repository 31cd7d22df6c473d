import pg from "pg";
import { RowhouseError } from "../errors.ts";
import type { RoleNames } from "../settings.ts";
import { defaultColumn, findWrongLists } from "../table-settings.ts";
import { controlPlaneTables } from "../database/control-plane-tables.ts";
import { applySealKeys, type SealKeys } from "./apply-seal-keys.ts";
import { canaryTable, plantCanary } from "./canary.ts";
import { planPolicies, type PlannedStatement } from "./plan-policies.ts";
import { planReference, planStaleHolds, readSharedReferences } from "./held-references.ts";
import { fullName } from "./policy-manifest.ts";
import { recordPolicies } from "./record-policies.ts";
import { planSealing } from "./plan-sealing.ts";
import { printingSettings, readTableFacts, type TableFacts } from "./table-facts.ts";

/** As the settings list them. */
export interface PolicyTables {
  readonly tenant: readonly string[];
  readonly mixed?: readonly string[] | undefined;
  readonly global?: readonly string[] | undefined;
  readonly unowned?: readonly string[] | undefined;
  readonly column?: string | undefined;
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
 * @throws RowhouseError MIGRATION_FAILED when a tenant table is missing or has no fitting column, INVALID_SETTINGS
 */
export async function applyPolicies(client: pg.Client, options: ApplyOptions): Promise<PlannedStatement[]> {
  const { tenant, mixed = [] } = options.tables;
  const [wrong] = findWrongLists(options.tables);
  if (wrong !== undefined) throw new RowhouseError("INVALID_SETTINGS", `tables.${wrong.path}: ${wrong.message}.`);
  const recorded = { tenantTables: [...tenant, ...mixed], accept: options.acceptPolicies };
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
  const { unowned = [], column = defaultColumn } = tables;
  const isSealed = await applySealKeys(client, seal);
  await client.query(printingSettings);
  const tenant = await readTableFacts(client, tables.tenant, column);
  const mixed = await readTableFacts(client, tables.mixed ?? [], column);
  const global = await readTableFacts(client, tables.global ?? [], column);
  const canaries = await readTableFacts(client, [canaryTable]);
  for (const facts of [...tenant, ...canaries])
    assertOwned(facts, { column, mayBeNull: unowned.some((name) => fullName(name) === fullName(facts.name)) });
  for (const facts of mixed) assertOwned(facts, { column, mayBeNull: true });
  global.forEach(assertExists);
  const control = await readTableFacts(client, [...controlPlaneTables.keys()]);
  const plan = [
    ...planPolicies({ tenant, mixed, global, canaries, roles, column, isSealed }),
    ...(await planReferences(client, tables)),
    ...planSealing(control, isSealed),
  ];
  for (const { sql } of plan) await client.query(sql);
  return plan;
}

/** References into mixed tables are held from here on; that none crosses yet is looked at first. */
async function planReferences(client: pg.Client, tables: PolicyTables): Promise<PlannedStatement[]> {
  const { tenant, mixed = [], column = defaultColumn } = tables;
  const references = await readSharedReferences(client, { tables: [...tenant, ...mixed], mixed, column });
  const open = references.filter(({ isHeld }) => !isHeld);
  for (const { table, constraint, crossing } of open) {
    if ((await client.query(crossing)).rowCount === 0) continue;
    throw new RowhouseError(
      "MIGRATION_FAILED",
      `A row of "${table}" points by ${constraint} to a row of another organization. Find them with: ${crossing}`,
    );
  }
  return [...(await planStaleHolds(client)), ...open.flatMap((reference) => planReference(reference, column))];
}

interface OwnedColumn {
  readonly column: string;
  readonly mayBeNull: boolean;
}

function assertOwned(facts: TableFacts, { column, mayBeNull }: OwnedColumn): void {
  assertExists(facts);
  const { columnType, columnNotNull } = facts;
  if (columnType === "uuid" && (columnNotNull || mayBeNull)) return;
  const found = columnType === "" ? "no such column" : `${columnType}${columnNotNull ? " not null" : ""}`;
  const wanted = `"${column} uuid${mayBeNull ? "" : " not null"}"`;
  throw new RowhouseError("MIGRATION_FAILED", `Tenant table "${facts.name}" needs ${wanted}; it has ${found}.`);
}

function assertExists({ name, exists, isTable }: TableFacts): void {
  if (exists && isTable) return;
  const found = exists ? "is not a table" : "does not exist";
  throw new RowhouseError(
    "MIGRATION_FAILED",
    `"${name}" is in the tenancy's settings but ${found}; create it in a migration.`,
  );
}
