import type pg from "pg";
import { readTableFacts } from "rowhouse/migrations";
import type { Plan, TableClass } from "../plan.ts";

/** The tables of the settings that the new application gives `defineTenancy`. */
export interface NewSettings {
  readonly tenant: readonly string[];
  readonly global: readonly string[];
  /** Unique keys that leave the organization out; each is somebody's decision. */
  readonly sharedKeys: readonly string[];
  /** Tables that settings cannot name, since a row may be in no organization. */
  readonly loose: readonly string[];
}

/** Reads them from the converted database, by the rules of the boot guard. */
export async function readNewSettings(client: pg.ClientBase, { tables }: Plan): Promise<NewSettings> {
  const { rows } = await client.query<{ name: string; kind: TableClass }>(
    `select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as name, one.kind
     from unnest($1::text[], $2::text[]) with ordinality as one (name, kind, place)
     join pg_class c on c.oid = to_regclass(one.name) join pg_namespace n on n.oid = c.relnamespace order by one.place`,
    [tables.map(({ table }) => table), tables.map((table) => table.class)],
  );
  const named = (kind: TableClass): string[] => rows.filter((row) => row.kind === kind).map(({ name }) => name);
  const facts = await readTableFacts(client, named("tenant"));
  const names = (isBound: boolean): string[] =>
    facts.filter(({ columnNotNull }) => columnNotNull === isBound).map(({ name }) => name);
  const sharedKeys = facts.flatMap(({ looseKeys }) =>
    looseKeys.filter(({ kind }) => kind !== "foreign").map(({ name }) => name),
  );
  return { tenant: names(true), global: named("global"), sharedKeys, loose: [...names(false), ...named("mixed")] };
}

export function renderNewSettings({ tenant, global, sharedKeys, loose }: NewSettings): string {
  const line = (name: string, values: readonly string[], why = ""): string[] =>
    values.length === 0 ? [] : [`    ${name}: ${JSON.stringify(values).replaceAll('","', '", "')},${why}`];
  return [
    "The new application's settings, for defineTenancy:",
    "  tables: {",
    ...line("tenant", tenant),
    ...line("global", global),
    ...line("sharedKeys", sharedKeys, " // look at each: a value may exist once in all organizations"),
    "  },",
    ...(loose.length === 0
      ? []
      : [
          `Not in it: ${loose.join(", ")}, whose rows may be in no organization. The boot guard lets nothing start like that: move those rows ` +
            "to a table of their own, and set the column NOT NULL.",
        ]),
  ].join("\n");
}
