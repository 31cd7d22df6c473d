import { splitTable } from "../database/identifier.ts";
import { controlPlaneTables } from "../database/control-plane-tables.ts";
import { RowhouseError } from "../errors.ts";
import { defaultColumn, type ParsedTableSettings } from "../table-settings.ts";

/** How a table is bound to an organization. */
export type TableScope =
  | {
      readonly kind: "tenant";
      readonly column: string;
      /** Rows without an organization are read as well, and never written. */
      readonly isMixed: boolean;
    }
  | { readonly kind: "global" };

/** The tables that tenant queries may name. Any other is refused: an unlisted table is an unprotected one. */
export class TableScopes {
  readonly #scopes: ReadonlyMap<string, TableScope>;

  /** The tenant column of the application's tables. */
  readonly column: string;

  /** Names are as in the database, `table` or `schema.table`. */
  constructor(tables: Pick<ParsedTableSettings, "tenant" | "global"> & Partial<ParsedTableSettings>) {
    const { tenant, mixed = [], global, column = defaultColumn } = tables;
    this.column = column;
    this.#scopes = new Map<string, TableScope>([
      ...[...controlPlaneTables].map(([name, own]) => [name, ownedBy(own)] as const),
      ...tenant.map((name) => [keyOf(name), ownedBy(column)] as const),
      ...mixed.map((name) => [keyOf(name), { ...ownedBy(column), isMixed: true }] as const),
      ...global.map((name) => [keyOf(name), { kind: "global" }] as const),
    ]);
  }

  isTenantTable(name: string): boolean {
    return this.#scopes.get(keyOf(name))?.kind === "tenant";
  }

  /** @throws RowhouseError UNKNOWN_TABLE */
  get(name: string): TableScope {
    const scope = this.#scopes.get(keyOf(name));
    if (scope !== undefined) return scope;
    throw new RowhouseError(
      "UNKNOWN_TABLE",
      `Table "${name}" is not in the tenancy's settings. List it under tables.tenant, or under tables.global if every ` +
        "organization may read all of it.",
    );
  }
}

function ownedBy(column: string): TableScope & { readonly kind: "tenant" } {
  return { kind: "tenant", column, isMixed: false };
}

/** `public.projects` is `projects`. */
function keyOf(name: string): string {
  const { schema, table } = splitTable(name);
  return schema === "public" ? table : `${schema}.${table}`;
}
