import type pg from "pg";
import { defaultColumn } from "../table-settings.ts";
import { tableFactsQuery, tableFactsValues } from "./table-facts-query.ts";

/** One policy, as the catalog has it. Expressions come printed by Postgres. */
export interface PolicyFacts {
  readonly name: string;
  readonly permissive: boolean;
  /** `*` for all, else r, a, w, d. */
  readonly command: string;
  readonly toPublic: boolean;
  /** Names of the roles that it is for, in order; `public` for everybody. */
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

/**
 * A unique or foreign key of a tenant table that reaches across organizations: it leaves the organization out, and nothing else keeps it
 * to one. A primary key of uuids or numbers that the database makes says nothing of others' rows; a key that holds a reference into one
 * organization is that organization's; a reference whose twin names the organization is as tight as the twin, and one that a trigger holds
 * leads to rows of the organization and of nobody alone.
 */
export interface LooseKey {
  readonly name: string;
  readonly kind: "primary" | "unique" | "foreign";
}

/** What the catalog knows of one table that matters to isolation. */
export interface TableFacts {
  /** As the settings name it. */
  readonly name: string;
  readonly exists: boolean;
  readonly isTable: boolean;
  readonly enabled: boolean;
  readonly forced: boolean;
  /** Of the tenant column: its type, and whether it is NOT NULL. Empty when there is no such column. */
  readonly columnType: string;
  readonly columnNotNull: boolean;
  readonly policies: readonly PolicyFacts[];
  readonly looseKeys: readonly LooseKey[];
}

/**
 * For the transaction in which policies are read to be compared later: how Postgres prints an expression depends on these,
 * and they differ from session to session.
 */
export const printingSettings =
  "select pg_catalog.set_config(name, value, true) from (values ('search_path', 'pg_catalog')," +
  " ('quote_all_identifiers', 'off'), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'), ('timezone', 'UTC')," +
  " ('extra_float_digits', '1'), ('bytea_output', 'hex')) as printed (name, value)";

/** What a catalog query needs of a connection. */
export interface Queryable {
  query<R extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<{ rows: R[] }>;
}

/** Reads {@link TableFacts} for each name, in the same order. */
export async function readTableFacts(
  db: Queryable,
  names: readonly string[],
  column = defaultColumn,
): Promise<TableFacts[]> {
  const { rows } = await db.query<TableFacts & pg.QueryResultRow>(tableFactsQuery, tableFactsValues(names, column));
  return rows;
}
