import { RowhouseError } from "rowhouse";
import type { Plan, PlannedTable } from "../plan.ts";

/** The tables that get the column of the organization, by the names that SQL knows them by. */
export function convertedTables(plan: Plan): ReadonlyMap<string, PlannedTable> {
  return new Map(plan.tables.filter(({ derive }) => derive !== null).map((table) => [table.table, table]));
}

/** Rows that no organization owns, or that are everybody's, keep the column empty. */
export function isColumnNullable({ class: kind, unowned }: PlannedTable): boolean {
  return kind === "mixed" || unowned === "leave";
}

/** @throws RowhouseError INVALID_INPUT when the schema and the plan have no table in common */
export function assertSameTables(plan: Plan, tables: ReadonlySet<string>): void {
  if (plan.tables.some(({ table }) => tables.has(table))) return;
  const [planned = "none"] = plan.tables.map(({ table }) => table);
  const [written = "none"] = tables;
  throw new RowhouseError(
    "INVALID_INPUT",
    `The plan and the ORM's schema have no table in common: the plan has ${planned}, the schema ${written}. Give the schema of the database that the plan was made for.`,
  );
}
