import { z } from "zod";

/** `projectMembers` to `project_members`, as Kysely's CamelCasePlugin has it. */
type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${SnakeCase<Tail>}`
    : `_${Lowercase<Head>}${SnakeCase<Tail>}`
  : S;

/** A table of the application's `Database` type, by its name in Postgres. */
export type TableName<DB> = SnakeCase<keyof DB & string> | (keyof DB & string);

/** The tables that tenants may name, by their names in Postgres. `migrate` takes the same. */
export interface TableSettings<DB> {
  /** Tables whose rows are each an organization's. */
  readonly tenant: readonly TableName<DB>[];
  /**
   * Tables in which a row without an organization is everybody's to read and no tenant's to write, as a template; the others are as in a
   * tenant table. Default none.
   */
  readonly mixed?: readonly TableName<DB>[];
  /** Tables that every organization may read and none may write. Default none. */
  readonly global?: readonly TableName<DB>[];
  /**
   * Those of the tenant tables in which rows of nobody were left: their column may be NULL. No tenant reads, writes or makes such a row.
   * Default none: the column has to be NOT NULL.
   */
  readonly unowned?: readonly TableName<DB>[];
  /**
   * The column of tenant and mixed tables that says whose a row is. Rowhouse's own tables keep `organization_id`. Name another one only
   * where that name means something else already. Default `organization_id`.
   */
  readonly column?: string;
  /**
   * Unique keys of these tables that leave the organization out because a value may exist once in the world, as a public address or a
   * token: an insert says whether another organization has it. By the names of their indexes.
   */
  readonly sharedKeys?: readonly string[];
}

/** {@link TableSettings.column} where it is not said. */
export const defaultColumn = "organization_id";

const name = z.string().min(1).max(63);

export const tableSettings = z
  .strictObject({
    tenant: z.array(name).min(1),
    mixed: z.array(name).default([]),
    global: z.array(name).default([]),
    unowned: z.array(name).default([]),
    column: name.default(defaultColumn),
    sharedKeys: z.array(name).default([]),
  })
  .superRefine((tables, context) => {
    for (const { path, message } of findWrongLists(tables)) context.addIssue({ code: "custom", path: [path], message });
  });

/** {@link TableSettings} after every check, with the defaults filled in. */
export interface ParsedTableSettings {
  readonly tenant: readonly string[];
  readonly mixed: readonly string[];
  readonly global: readonly string[];
  readonly unowned: readonly string[];
  readonly column: string;
  readonly sharedKeys: readonly string[];
}

interface TableLists {
  readonly tenant: readonly string[];
  readonly mixed?: readonly string[] | undefined;
  readonly global?: readonly string[] | undefined;
  readonly unowned?: readonly string[] | undefined;
}

/** What the lists say against each other: a table is of one kind, and only tenant tables have rows of nobody. */
export function findWrongLists(tables: TableLists): { readonly path: keyof TableLists; readonly message: string }[] {
  const { tenant, mixed = [], global = [], unowned = [] } = tables;
  const owned = new Set(tenant.map(fullName));
  const shared = new Set(mixed.map(fullName));
  return [
    ...mixed
      .filter((table) => owned.has(fullName(table)))
      .map((table) => ({ path: "mixed" as const, message: twice(table, "tenant") })),
    ...global
      .filter((table) => owned.has(fullName(table)) || shared.has(fullName(table)))
      .map((table) => ({
        path: "global" as const,
        message: twice(table, owned.has(fullName(table)) ? "tenant" : "mixed"),
      })),
    ...unowned
      .filter((table) => !owned.has(fullName(table)))
      .map((table) => ({
        path: "unowned" as const,
        message: `has "${table}", which is not under tenant: list it there as well`,
      })),
  ];
}

function twice(table: string, other: string): string {
  return `has "${table}", which is under ${other} as well: a table is of one kind`;
}

/** `projects` and `public.projects` are one. */
function fullName(table: string): string {
  return table.includes(".") ? table : `public.${table}`;
}
