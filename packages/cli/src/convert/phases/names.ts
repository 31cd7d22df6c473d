import { createHash } from "node:crypto";
import pg from "pg";
import type { Schema, SchemaTable } from "./schema.ts";

export const name = pg.escapeIdentifier;
export const text = pg.escapeLiteral;

/** `a, "B"` */
export function list(columns: readonly string[], alias?: string): string {
  return columns.map((column) => (alias === undefined ? name(column) : `${alias}.${name(column)}`)).join(", ");
}

/** What Postgres takes for a name; longer ones keep their beginning and get a hash, since it would cut them silently. */
export function fitting(wanted: string): string {
  if (Buffer.byteLength(wanted) <= 63) return wanted;
  const hash = createHash("sha256").update(wanted).digest("hex").slice(0, 8);
  let kept = wanted;
  while (Buffer.byteLength(kept) > 54) kept = kept.slice(0, -1);
  return `${kept}_${hash}`;
}

/** A name for a new index or constraint that none in the schema of the table has. */
export function newName(schema: Schema, table: SchemaTable, purpose: string): string {
  const taken = new Set(
    schema.tables
      .filter((one) => one.schema === table.schema)
      .flatMap((one) => [
        one.name,
        ...one.indexes.map((index) => index.name),
        ...one.foreignKeys.map((key) => key.name),
      ]),
  );
  const wanted = fitting(`${table.name}_${purpose}`);
  return taken.has(wanted) ? fitting(`${table.name}_rowhouse_${purpose}`) : wanted;
}

/** A function or object of ours that goes with a table, as SQL writes it. */
export function ours(purpose: string, table: string): string {
  return `rowhouse_convert.${name(fitting(`${purpose} ${table}`))}`;
}
