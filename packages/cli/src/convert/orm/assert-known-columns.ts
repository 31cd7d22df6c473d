import { RowhouseError } from "rowhouse";
import type { Table } from "../catalog/catalog.ts";
import type { OrmRelation } from "./orm-relation.ts";

/**
 * Columns that the database does not have: most often a casing that was not given.
 *
 * @throws RowhouseError INVALID_INPUT
 */
export function assertKnownColumns(relations: readonly OrmRelation[], tables: ReadonlyMap<string, Table>): void {
  const unknown = relations.flatMap(({ table, columns, parent, parentColumns, at }) =>
    [...columns.map((column) => [table, column] as const), ...parentColumns.map((column) => [parent, column] as const)]
      .filter(([name, column]) => tables.get(name)?.columns.every((each) => each.name !== column) === true)
      .map(([name, column]) => `${name} has no column ${column} (${at})`),
  );
  const [first] = unknown;
  if (first === undefined) return;
  const more = unknown.length > 1 ? ` ${unknown.length - 1} more are missing.` : "";
  throw new RowhouseError(
    "INVALID_INPUT",
    `${first}.${more} Is this the schema of this database, and are its migrations applied? Drizzle's names may need --casing, as the application gives it to drizzle().`,
  );
}
