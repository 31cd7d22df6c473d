import type { GuardConnection } from "./guard-connection.ts";
import { originQuery } from "./policy-manifest.ts";
import { roleFactsQuery, type RoleFacts } from "./role-facts.ts";
import { printingSettings, type TableFacts } from "./table-facts.ts";
import { tableFactsQuery, tableFactsValues } from "./table-facts-query.ts";

/** All that the catalog says. */
export interface GuardFacts {
  readonly role: RoleFacts;
  /** One for each name, in the same order. */
  readonly tables: readonly TableFacts[];
  /** Null when there is no manifest. */
  readonly origin: string | null;
}

const factsQuery = `select
  (select pg_catalog.to_json(r) from (${roleFactsQuery}) as r) as role,
  (select pg_catalog.json_agg(t) from (${tableFactsQuery}) as t) as tables,
  (${originQuery}) as origin`;

/** With many tables the statement looks costly, and to compile it takes longer than to run it this once. */
const withoutCompiling = "select pg_catalog.set_config('jit', 'off', true)";

/** In one round trip. `column` is the tenant column of the application's tables. */
export async function readGuardFacts(
  db: GuardConnection,
  names: readonly string[],
  column: string,
): Promise<GuardFacts> {
  const ahead = [printingSettings, withoutCompiling].map((text) => ({ text, values: [] }));
  return db.readRow<GuardFacts>({ text: factsQuery, values: tableFactsValues(names, column), ahead });
}
