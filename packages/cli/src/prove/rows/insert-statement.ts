import pg from "pg";
import type { Relation } from "../catalog/catalog.ts";
import type { Value } from "../session.ts";
import type { Values } from "../world.ts";

/** An INSERT of exactly these columns. */
export function insertStatement({ sql }: Relation, row: Values): { text: string; values: readonly Value[] } {
  const names = Object.keys(row);
  if (names.length === 0) return { text: `insert into ${sql} default values`, values: [] };
  const columns = names.map((name) => pg.escapeIdentifier(name)).join(", ");
  const parameters = names.map((_, index) => `$${index + 1}`).join(", ");
  return { text: `insert into ${sql} (${columns}) values (${parameters})`, values: Object.values(row) };
}
