import { getTableColumns, is, SQL, sql, StringChunk } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

/** The columns that an insert of Drizzle's names, in its order. */
export function columnsInOrder(table: PgTable): [string, PgColumn][] {
  return Object.entries(getTableColumns(table)).filter(
    // Not in its types: true for columns that Postgres always generates.
    ([, column]) => !(column as unknown as { shouldDisableInsert(): boolean }).shouldDisableInsert(),
  );
}

/**
 * ON CONFLICT … DO UPDATE with one more condition: a unique key that does not begin with the organization would let it reach
 * another's row. Drizzle hands it over written already, as `(target) [where] do update set <set> [where]`.
 */
export function andWhereOfConflict(conflict: SQL, predicate: SQL): SQL {
  const chunks = conflict.queryChunks;
  const update = chunks.findIndex((chunk) => is(chunk, StringChunk) && /do update set/.test(chunk.value.join("")));
  if (update === -1) return conflict;
  const rest = chunks.slice(update + 2);
  const where = rest.find((chunk): chunk is SQL => is(chunk, SQL));
  const [set, ...others] = [chunks.slice(0, update + 2), ...rest.filter((chunk) => chunk !== where)];
  if (where === undefined) return sql`${new SQL([...set, ...others])} where ${predicate}`;
  // ` where `, the condition, and nothing.
  return sql`${new SQL(set)} where (${new SQL(where.queryChunks.slice(1))}) and ${predicate}`;
}
