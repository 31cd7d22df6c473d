import { RowhouseError } from "rowhouse";
import type { OrmRelation } from "./orm-relation.ts";

const shown = 10;

/**
 * A schema that names tables that the database does not have is another database's, or behind its migrations: no plan is made from it.
 *
 * @param known `schema.table` as SQL writes it
 * @throws RowhouseError INVALID_INPUT
 */
export function assertKnownTables(relations: readonly OrmRelation[], known: ReadonlySet<string>): void {
  const unknown = new Map<string, string>();
  for (const { table, parent, at } of relations)
    for (const name of [table, parent]) if (!known.has(name) && !unknown.has(name)) unknown.set(name, at);
  if (unknown.size === 0) return;
  const named = [...unknown].slice(0, shown).map(([table, at]) => `${table} (${at})`);
  const more = unknown.size > shown ? ` and ${unknown.size - shown} more` : "";
  throw new RowhouseError(
    "INVALID_INPUT",
    `The database has no table ${named.join(", ")}${more}. Is this the schema of this database, and are its migrations applied? Tables outside of public need their schema in it, and names that the ORM makes need its casing option.`,
  );
}
