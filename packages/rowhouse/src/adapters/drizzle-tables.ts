import { getTableColumns, is, Table, View, type SQL, type Subquery } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { unscopable } from "../tenant/scope-refusals.ts";
import type { TableScopes } from "../tenant/table-scopes.ts";

/** A tenant table in a statement of Drizzle's. */
export interface ScopedTable {
  /** By which the statement calls it: its alias, or its name. */
  readonly calledAs: string;
  readonly schema: string | undefined;
  readonly name: string;
  /** The column that says whose a row is. */
  readonly column: string;
  /** Rows without an organization are everybody's to read. */
  readonly isMixed: boolean;
}

/** What Drizzle takes in FROM and JOIN. */
export type Source = PgTable | Subquery | View | SQL;

interface Naming {
  readonly name: string;
  readonly originalName: string;
  readonly schema: string | undefined;
}

/** Drizzle keeps what a table is under symbols that its types leave out. */
const [tableName, tableOriginalName, tableSchema, viewConfig] = [
  "Name",
  "OriginalName",
  "Schema",
  "ViewBaseConfig",
].map((name) => Symbol.for(`drizzle:${name}`)) as [symbol, symbol, symbol, symbol];

/**
 * The tenant table that this is; undefined for a global table, a sub-query (which is bound by itself) and raw SQL.
 *
 * @throws RowhouseError UNKNOWN_TABLE, and UNSCOPABLE_STATEMENT for a table that is called global and has the tenants' column
 */
export function findScopedTable(source: unknown, scopes: TableScopes): ScopedTable | undefined {
  const naming = namingOf(source);
  if (naming === undefined) return undefined;
  const { name: calledAs, originalName: name, schema } = naming;
  const scope = scopes.get(schema === undefined ? name : `${schema}.${name}`);
  if (scope.kind === "tenant") return { calledAs, schema, name, column: scope.column, isMixed: scope.isMixed };
  if (!is(source, Table) || organizationKeyOf(source, scopes.column) === undefined) return undefined;
  throw unscopable(
    `Table "${name}" has the column ${scopes.column} and stands under tables.global of the tenancy's settings; ` +
      "list it under tables.tenant, or under tables.mixed if rows without an organization are everybody's.",
  );
}

/** The property under which a table of the schema has this column. */
export function organizationKeyOf(table: Table, column: string): string | undefined {
  return Object.entries(getTableColumns(table)).find(([, { name }]) => name === column)?.[0];
}

export function nameOfSource(source: unknown): string {
  return namingOf(source)?.originalName ?? "that";
}

function namingOf(source: unknown): Naming | undefined {
  if (is(source, Table)) {
    const of = source as unknown as Record<symbol, string | undefined>;
    const name = of[tableName] ?? "";
    return { name, originalName: of[tableOriginalName] ?? name, schema: of[tableSchema] };
  }
  if (is(source, View)) return (source as unknown as Record<symbol, Naming>)[viewConfig];
  return undefined;
}
