import { name } from "./names.ts";
import { columnType, type Schema } from "./schema.ts";

/** A column and what it is compared with. */
export interface Match {
  readonly column: string;
  readonly value: string;
  readonly asText?: boolean;
}

/**
 * Finds a key of another type than the text that names it, by the key's own index: the text is cast, not the column. A text that is not
 * even of the key's form is nobody's.
 */
export function matchByText(id: string, { column, type }: { column: string; type: string | undefined }): Match {
  if (type === "bigint" || type === "integer")
    return { column, value: `(case when ${id}::text ~ '^-?[0-9]{1,18}$' then ${id}::text::bigint end)` };
  if (type === "uuid")
    return {
      column,
      value: `(case when ${id}::text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${id}::text::uuid end)`,
    };
  return { column, value: `${id}::text`, asText: true };
}

/** The condition over rows of `alias`. */
export function compareSql({ column, value, asText }: Match, alias: string): string {
  return `${alias}.${name(column)}${asText === true ? "::text" : ""} = ${value}`;
}

/** The condition that finds the row of `table` whose `column` reads as the text `id` does. */
export function equalsText(schema: Schema, at: { table: string; column: string; alias: string }, id: string): string {
  const type = columnType(schema, at.table, at.column);
  return compareSql(matchByText(id, { column: at.column, type }), at.alias);
}
