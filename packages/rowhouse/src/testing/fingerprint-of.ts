import { isDeepStrictEqual } from "node:util";
import pg from "pg";
import { quoteIdentifier } from "../database/identifier.ts";

/** As much of a `pg` pool as is needed. */
interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export interface FingerprintOptions {
  /** The organization whose rows are looked at, as the column holds it. */
  readonly organization: string | number;
  /** Found in every table that has it; `organization_id` by default. */
  readonly column?: string | undefined;
  /**
   * Tables without that column, or with another, and which of their rows belong to organization `$1`:
   * `{ "public.organizations": "id::text = $1" }`. It is SQL of your own, never of somebody else.
   */
  readonly also?: Readonly<Record<string, string>> | undefined;
  /** Tables that change by being looked at, as counters of attempts: `["public.rate_limits"]`. */
  readonly except?: readonly string[] | undefined;
}

/** By table a hash of the organization's rows. */
export type Fingerprint = Readonly<Record<string, string>>;

/**
 * A fingerprint of everything that an organization has in a Postgres database, for `proveIsolation`: any row of it
 * inserted, updated or deleted makes another one. New tables are found by themselves. Connect as a role that sees every
 * row (BYPASSRLS): what row security hides from it cannot be seen to change.
 *
 *     const fingerprint = () => fingerprintOf(admin, { organization: globex.id, also: { "public.organizations": "id::text = $1" } });
 *
 * @throws TypeError when no row at all belongs to the organization, since nothing could then be seen to change
 */
export async function fingerprintOf(
  pool: Queryable,
  { organization, column = "organization_id", also = {}, except = [] }: FingerprintOptions,
): Promise<Fingerprint> {
  const { rows } = await pool.query(
    `select n.nspname as schema, c.relname as name
     from pg_catalog.pg_class as c
       join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
       join pg_catalog.pg_attribute as a on a.attrelid = c.oid
     where c.relkind in ('r', 'p') and not c.relispartition and a.attname = $1 and not a.attisdropped
       and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
     order by 1, 2`,
    [column],
  );
  const found = (rows as { schema: string; name: string }[]).map(({ schema, name }) => ({
    table: `${schema}.${name}`,
    from: `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`,
    condition: `t.${quoteIdentifier(column)}::text = $1`,
  }));
  const given = Object.entries(also).map(([table, condition]) => ({ table, from: quoteGiven(table), condition }));
  const parts = [...found.filter(({ table }) => !(table in also)), ...given].filter(
    ({ table }) => !except.includes(table),
  );
  if (parts.length === 0)
    throw new TypeError(`No table has a column ${column}: name your own in \`column\` or \`also\`.`);
  const { rows: printed } = await pool.query(printAll(parts), [String(organization)]);
  const prints = printed as { name: string; print: string }[];
  if (prints.every(({ print }) => print === "0 ")) {
    throw new TypeError(
      `No row of ${parts.length} tables belongs to organization ${organization}, so that none could be seen to change. ` +
        "Give its id as the column holds it, and a role that row security hides nothing from.",
    );
  }
  return Object.fromEntries(prints.map(({ name, print }) => [name, print]));
}

/** One statement for all, so that they show one state. */
function printAll(parts: readonly { table: string; from: string; condition: string }[]): string {
  const prints = parts.map(
    ({ table, from, condition }, at) =>
      `select ${pg.escapeLiteral(table)} as name, count(*)::text || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '')
         as print, ${at} as at from ${from} as t where ${condition}`,
  );
  return `${prints.join(" union all ")} order by at`;
}

function quoteGiven(table: string): string {
  return table.split(".").map(quoteIdentifier).join(".");
}

/** What differs between two fingerprints: names of tables, where they are records. */
export function changedBetween(before: unknown, after: unknown): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) return ["its data"];
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (key) => !isDeepStrictEqual(one.get(key), other.get(key)),
  );
}
