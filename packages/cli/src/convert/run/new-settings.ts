import type pg from "pg";
import { readTableFacts } from "rowhouse/migrations";
import type { Plan, TableClass } from "../plan.ts";

/** The tables of the settings that the new application gives `defineTenancy`. */
export interface NewSettings {
  readonly tenant: readonly string[];
  /** Rows without an organization are everybody's to read. */
  readonly mixed: readonly string[];
  readonly global: readonly string[];
  /** Unique keys that leave the organization out; each is somebody's decision. */
  readonly sharedKeys: readonly string[];
  /** Of the tenant tables, those in which rows of nobody were left. */
  readonly unowned: readonly string[];
  /** Undefined for the usual one. */
  readonly column: string | undefined;
  /** Foreign keys, as `table.key`, by which rows refer to other organizations': the boot guard lets nothing start with them. */
  readonly open: readonly string[];
}

/** Reads them from the converted database, by the rules of the boot guard. */
export async function readNewSettings(client: pg.ClientBase, { tables, column }: Plan): Promise<NewSettings> {
  const read = tables.filter(({ internal }) => !internal);
  const { rows } = await client.query<{ name: string; kind: TableClass }>(
    `select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as name, one.kind
     from unnest($1::text[], $2::text[]) with ordinality as one (name, kind, place)
     join pg_class c on c.oid = to_regclass(one.name) join pg_namespace n on n.oid = c.relnamespace order by one.place`,
    [read.map(({ table }) => table), read.map((table) => table.class)],
  );
  const named = (kind: TableClass): string[] => rows.filter((row) => row.kind === kind).map(({ name }) => name);
  const [tenant, mixed] = [named("tenant"), named("mixed")];
  const facts = await readTableFacts(client, [...tenant, ...mixed], column);
  const keys = facts.flatMap(({ name, looseKeys }) => looseKeys.map((key) => ({ ...key, table: name })));
  return {
    tenant,
    mixed,
    global: named("global"),
    unowned: facts.filter(({ name, columnNotNull }) => !columnNotNull && tenant.includes(name)).map(({ name }) => name),
    column: column === "organization_id" ? undefined : column,
    sharedKeys: keys.filter(({ kind }) => kind !== "foreign").map(({ name }) => name),
    open: keys.filter(({ kind }) => kind === "foreign").map(({ table, name }) => `${table}.${name}`),
  };
}

export function renderNewSettings({ column, open, ...lists }: NewSettings): string {
  const { tenant, mixed, global, unowned, sharedKeys } = lists;
  const line = (name: string, values: readonly string[], why = ""): string[] =>
    values.length === 0 ? [] : [`    ${name}: ${JSON.stringify(values).replaceAll('","', '", "')},${why}`];
  return [
    "The new application's settings, for defineTenancy:",
    "  tables: {",
    ...line("tenant", tenant),
    ...line("mixed", mixed, " // everybody reads rows without an organization"),
    ...line("global", global),
    ...line("unowned", unowned, " // rows of nobody are left in them"),
    ...(column === undefined ? [] : [`    column: ${JSON.stringify(column)},`]),
    ...line("sharedKeys", sharedKeys, " // look at each: a value may exist once in all organizations"),
    "  },",
    ...(open.length === 0
      ? []
      : [
          `The boot guard lets nothing start while rows may refer to another organization's by ${open.join(", ")}: move what is shared to a ` +
            "global table, or split it.",
        ]),
  ].join("\n");
}
