import type pg from "pg";
import { phases, type PhaseName } from "../plan.ts";
import type { Schema, SchemaTable } from "../phases/schema.ts";
import { readLines } from "./ledger.ts";
import { readSchemaNow } from "./read-schema.ts";

/**
 * The application goes on making partitions and dropping old ones. Phases that have not begun take them as they are; of others the
 * schema says when they came and went.
 */
export async function followPartitions(client: pg.ClientBase, known: Schema): Promise<Schema> {
  if (!known.tables.some(({ kind }) => kind === "partitioned table")) return known;
  const now = await readSchemaNow(client);
  const lines = await readLines(client);
  const begun = Math.max(0, ...lines.map((line) => phases.findIndex((one) => one === line.phase)));
  // A rollback may have gone behind where it was when they were found.
  const earlier = (one: PhaseName): PhaseName => phases[Math.min(begun, phases.indexOf(one))] ?? one;
  const last = earlier("contract");
  const isThere = ({ sql, parents }: SchemaTable): boolean =>
    now.tables.some((one) => one.sql === sql && one.parents.join() === parents.join());
  const kept = known.tables.map(({ goneIn, foundIn, ...table }) => ({
    ...table,
    ...(foundIn === undefined ? {} : { foundIn: earlier(foundIn) }),
    ...(!table.isPartition || isThere(table) ? {} : { goneIn: earlier(goneIn ?? last) }),
  }));
  const found = now.tables
    .filter(({ sql, isPartition }) => isPartition && !kept.some((one) => one.sql === sql))
    .map((table) => ({ ...table, foundIn: last }));
  return { ...known, tables: [...kept, ...found] };
}
