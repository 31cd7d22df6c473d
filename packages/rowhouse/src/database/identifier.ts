import pg from "pg";

/** Quotes a name for SQL: `a"b` becomes `"a""b"`. The only way that names get into SQL text. */
export function quoteIdentifier(name: string): string {
  return pg.escapeIdentifier(name);
}

/** Quotes `table` or `schema.table`, as the settings name it. */
export function quoteTable(name: string): string {
  const { schema, table } = splitTable(name);
  return `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
}

/** `schema.table` in its two parts; a name without a schema lies in `public`. */
export function splitTable(name: string): { schema: string; table: string } {
  const dot = name.indexOf(".");
  return dot === -1 ? { schema: "public", table: name } : { schema: name.slice(0, dot), table: name.slice(dot + 1) };
}
