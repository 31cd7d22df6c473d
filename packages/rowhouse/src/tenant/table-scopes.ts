import { splitTable } from "../database/identifier.ts";
import { controlPlaneTables } from "../database/control-plane-tables.ts";
import { RowhouseError } from "../errors.ts";

/** How a table is bound to an organization. */
export type TableScope = { readonly kind: "tenant"; readonly column: string } | { readonly kind: "global" };

/** The tables that tenant queries may name. Any other is refused: an unlisted table is an unprotected one. */
export class TableScopes {
  readonly #scopes: ReadonlyMap<string, TableScope>;

  /** Names are as in the database, `table` or `schema.table`. */
  constructor(tables: { readonly tenant: readonly string[]; readonly global: readonly string[] }) {
    this.#scopes = new Map<string, TableScope>([
      ...[...controlPlaneTables].map(([name, column]) => [name, { kind: "tenant", column }] as const),
      ...tables.tenant.map((name) => [keyOf(name), { kind: "tenant", column: "organization_id" }] as const),
      ...tables.global.map((name) => [keyOf(name), { kind: "global" }] as const),
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

/** `public.projects` is `projects`. */
function keyOf(name: string): string {
  const { schema, table } = splitTable(name);
  return schema === "public" ? table : `${schema}.${table}`;
}
