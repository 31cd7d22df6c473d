import type pg from "pg";
import { controlPlaneTables } from "../database/control-plane-tables.ts";
import { splitTable } from "../database/identifier.ts";
import { canaryTable } from "./canary.ts";
import {
  advance,
  findDrift,
  fullName,
  hashPolicies,
  manifestLinesQuery,
  originStatement,
  parseManifestLine,
  type ManifestLine,
  type PolicyHashes,
} from "./policy-manifest.ts";
import { printingSettings, readTableFacts } from "./table-facts.ts";

export interface RecordOptions {
  readonly tenantTables: readonly string[];
  /** Takes every policy as it is now, also what did not come by a migration. */
  readonly accept?: boolean | undefined;
}

interface State {
  readonly origin: string;
  readonly lines: ReadonlyMap<string, ManifestLine>;
  /** Of each table that exists. */
  readonly policies: ReadonlyMap<string, PolicyHashes>;
}

/**
 * Does `work`, and writes into `rowhouse.policy_manifest` what it changed about policies: in the same transaction, which
 * the caller has opened, so that a migration and its lines are there together or not at all.
 */
export async function recordPolicies<T>(
  client: pg.Client,
  { tenantTables, accept = false }: RecordOptions,
  work: () => Promise<T>,
): Promise<T> {
  const names = [...controlPlaneTables.keys(), canaryTable, ...tenantTables.map(fullName)];
  const before = await readState(client, names);
  const result = await work();
  // A file may have ended its transaction itself.
  if (client.getTransactionStatus() === "I") await client.query("begin");
  const after = await readState(client, names);
  const gone = [...after.lines.keys()].filter((name) => !after.policies.has(name));
  if (gone.length > 0) await deleteLines(client, gone);
  for (const [name, policies] of after.policies) {
    const line = after.lines.get(name);
    const isKnown = !accept && line?.origin === after.origin;
    const next = isKnown ? advance(line.policies, before.policies.get(name) ?? {}, policies) : policies;
    if (line?.origin !== after.origin || findDrift(line.policies, next).length > 0)
      await writeLine(client, { name, policies: next, origin: after.origin });
  }
  return result;
}

/** In a savepoint, so that the settings it needs are gone afterwards. */
async function readState(client: pg.Client, names: readonly string[]): Promise<State> {
  await client.query("savepoint rowhouse_policies");
  await client.query(printingSettings);
  const origin = await client.query<{ origin: string }>(originStatement);
  const { rows } = await client.query<Parameters<typeof parseManifestLine>[0]>(manifestLinesQuery);
  const lines = new Map(rows.map(parseManifestLine).map((line) => [line.name, line]));
  const facts = await readTableFacts(client, [...new Set([...lines.keys(), ...names])]);
  await client.query("rollback to savepoint rowhouse_policies; release savepoint rowhouse_policies");
  return {
    origin: origin.rows[0]?.origin ?? "",
    lines,
    policies: new Map(facts.filter(({ exists }) => exists).map((table) => [table.name, hashPolicies(table)])),
  };
}

async function deleteLines(client: pg.Client, names: readonly string[]): Promise<void> {
  await client.query(
    "delete from rowhouse.policy_manifest where pg_catalog.format('%s.%s', table_schema, table_name) = any ($1)",
    [names],
  );
}

async function writeLine(client: pg.Client, { name, policies, origin }: ManifestLine): Promise<void> {
  const { schema, table } = splitTable(name);
  await client.query(
    `insert into rowhouse.policy_manifest (table_schema, table_name, policies, origin) values ($1, $2, $3, $4)
     on conflict (table_schema, table_name) do update set policies = excluded.policies, origin = excluded.origin`,
    [schema, table, JSON.stringify(policies), origin],
  );
}
