import pg from "pg";
import type { Table } from "../catalog/catalog.ts";
import { edgeId, type Edge } from "./edge.ts";
import { comparisonId, type Agreement, type Comparison, type SeenValue, type TableSample } from "./evidence.ts";
import { familyOf } from "./guess-edges.ts";
import { caseId, casesOf, comparable, findPairs, type Pair } from "./find-polymorphic.ts";

/** Tables up to this many rows are looked at whole; of larger ones about as many rows as this, from all over the table. */
const wholeRows = 20_000;
const sampledRows = 5_000;

/** A parent with more rows than this is not searched without an index. */
const searchedRows = 200_000;

/**
 * What makes samples cheap: the inspection's settings are for the catalog, and what a policy hides would be taken for missing.
 */
export const sampleSettings =
  "set local enable_nestloop = on; set local row_security = off; set local statement_timeout = '5s'; set local max_parallel_workers_per_gather = 0";

/** Looks at some rows of a table. Undefined where that took too long, is forbidden, or met a lock. */
export async function readSample(
  client: pg.ClientBase,
  table: Table,
  about: { edges: readonly Edge[]; tables: readonly Table[] },
): Promise<TableSample | undefined> {
  const own = about.edges.filter((edge) => edge.table === table);
  const pairs = findPairs(
    table,
    own.filter(({ source }) => source === "key"),
  );
  const columns = [
    ...new Set([...own.flatMap((edge) => edge.columns), ...pairs.flatMap((pair) => [pair.typeColumn, pair.idColumn])]),
  ];
  if (columns.length === 0 || table.kind === "foreign table") return undefined;
  return inSavepoint(client, async () => {
    const guesses = own.filter(({ source }) => source !== "key");
    // Where no constraint stands, programs write 0 and the empty text for nothing.
    const guessed = new Set(guesses.flatMap((edge) => edge.columns));
    const set = columns
      .map((column) => `(case when ${isSet(`s.${name(column)}`, guessed.has(column))} then '1' else '0' end)`)
      .join(" || ");
    const misses = guesses.map((edge, index) => `count(*) filter (where ${missing(edge)})::int as m${index}`);
    const { rows } = await client.query<Record<string, number | string>>(
      `select ${[`${set} as pattern`, "count(*)::int as count", ...misses].join(", ")} from ${sampleOf(table)} as s group by 1`,
    );
    const missed = new Map(guesses.map((edge, index) => [edgeId(edge), sum(rows, `m${index}`)]));
    const values = new Map<string, readonly SeenValue[]>();
    for (const pair of pairs) values.set(pair.typeColumn, await readValues(client, pair, about.tables));
    const sample: TableSample = {
      rows: sum(rows, "count"),
      columns,
      patterns: new Map(rows.map((row) => [String(row["pattern"]), Number(row["count"])])),
      missing: missed,
      values,
    };
    for (const pair of pairs) await readCases(client, pair, { sample, missed, tables: about.tables });
    return sample;
  });
}

async function readValues(
  client: pg.ClientBase,
  { table, typeColumn, dictionary }: Pair,
  tables: readonly Table[],
): Promise<readonly SeenValue[]> {
  const named = tables.find(({ sql }) => sql === dictionary);
  const means = named === undefined ? "seen.value" : `coalesce(nullif(${meaningIn(named)}, ''), seen.value)`;
  const { rows } = await client.query<SeenValue>(
    `select seen.value, ${means} as means, seen.count from (
       select ${name(typeColumn)}::text as value, count(*)::int as count from ${sampleOf(table)} as s
       where ${name(typeColumn)} is not null group by 1 order by count(*) desc limit 50) as seen order by seen.count desc, seen.value`,
  );
  return rows;
}

/** The words of a row by which a framework knows a table: `billing.invoice`. */
function meaningIn({ sql, key, columns, indexes }: Table): string {
  const texts = columns.filter(({ baseType }) => familyOf(baseType) === "text").map((column) => column.name);
  const unique = indexes.find(
    (index) =>
      index.unique && !index.primary && index.columns.every((column) => column !== null && texts.includes(column)),
  );
  const words = (unique?.columns ?? texts).map((column) => `, d.${name(column ?? "")}`).join("");
  return `(select concat_ws('.'${words}) from ${sql} as d where d.${name(key[0] ?? "")}::text = seen.value limit 1)`;
}

async function readCases(
  client: pg.ClientBase,
  pair: Pair,
  { sample, missed, tables }: { sample: TableSample; missed: Map<string, number>; tables: readonly Table[] },
): Promise<void> {
  for (const each of casesOf(pair, sample, tables)) {
    const { parent } = each.edge;
    if (!comparable(pair, parent) && parent.rows > searchedRows) continue;
    const key = `p.${name(parent.key[0] ?? "")}`;
    const same = comparable(pair, parent)
      ? `${key} = s.${name(pair.idColumn)}`
      : `${key}::text = s.${name(pair.idColumn)}::text`;
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from (select * from ${sampleOf(pair.table)} as t where ${name(pair.typeColumn)}::text = $1 limit 500) as s
       where s.${name(pair.idColumn)} is not null and not exists (select from ${parent.sql} as p where ${same})`,
      [each.value],
    );
    missed.set(caseId(pair, each), rows[0]?.count ?? 0);
  }
}

/** Compares two ways to an owner, each of them as SQL over a row `s`. */
export async function readAgreements(
  client: pg.ClientBase,
  wanted: readonly (Comparison & { readonly leftSql: string; readonly rightSql: string })[],
  byName: ReadonlyMap<string, Table>,
): Promise<ReadonlyMap<string, Agreement>> {
  const found = new Map<string, Agreement>();
  for (const { leftSql, rightSql, ...comparison } of wanted) {
    const table = byName.get(comparison.table);
    if (table === undefined || table.kind === "foreign table") continue;
    const agreement = await inSavepoint(client, async () => {
      const { rows } = await client.query<Agreement>(
        `select count(*) filter (where l is not null and r is not null)::int as both,
           count(*) filter (where l <> r)::int as differ, count(distinct l)::int as owners
         from (select ${leftSql} as l, ${rightSql} as r from ${sampleOf(table)} as s limit 2000) as compared`,
      );
      return rows[0];
    });
    found.set(comparisonId(comparison), agreement ?? { both: 0, differ: 0, owners: 0 });
  }
  return found;
}

/** Rows of a table to look at, from all over it where it is large. */
function sampleOf({ sql, rows, kind }: Table): string {
  if (rows <= wholeRows) return `(select * from ${sql} limit ${wholeRows})`;
  const percent = Math.max((100 * sampledRows) / rows, 0.001);
  const sampled =
    kind === "table" || kind === "partitioned table"
      ? ` tablesample system (${percent.toFixed(4)}) repeatable (1)`
      : "";
  return `(select * from ${sql}${sampled} limit ${2 * sampledRows})`;
}

function missing({ columns, parent, parentColumns }: Edge): string {
  const set = columns.map((column) => isSet(`s.${name(column)}`, true));
  const same = columns.map((column, index) => `p.${name(parentColumns[index] ?? "")} = s.${name(column)}`);
  return `${set.join(" and ")} and not exists (select from ${parent.sql} as p where ${same.join(" and ")})`;
}

function isSet(column: string, guessed: boolean): string {
  return guessed ? `(${column} is not null and ${column}::text not in ('0', ''))` : `${column} is not null`;
}

function sum(rows: readonly Record<string, number | string>[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}

function name(column: string): string {
  return pg.escapeIdentifier(column);
}

/** What a role may not read, what is locked and what takes too long stays unknown, and the confidence says so. */
async function inSavepoint<Result>(client: pg.ClientBase, work: () => Promise<Result>): Promise<Result | undefined> {
  await client.query("savepoint sample");
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !["42501", "55P03", "57014"].includes(error.code ?? "")) throw error;
    await client.query("rollback to savepoint sample");
    return undefined;
  } finally {
    await client.query("release savepoint sample");
  }
}
