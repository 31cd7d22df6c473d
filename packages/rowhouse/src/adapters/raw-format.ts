import pg from "pg";
import type { ResultFormat } from "../database/result-format.ts";
import type { FieldDescription, ResultColumn } from "../database/result-columns.ts";

/** Whence the parsers of values come, as node-postgres has it. */
export interface TypeParsers {
  getTypeParser(oid: number, format?: "text" | "binary"): (text: string) => unknown;
}

export interface RawFormatOptions {
  readonly rowMode?: "array" | undefined;
  readonly types?: TypeParsers | undefined;
}

/** Rows as node-postgres gives them: names as in Postgres, values as its parsers make them. */
export function rawFormat({ rowMode, types = pg.types }: RawFormatOptions): ResultFormat {
  return {
    toColumns: (fields) => toColumns(fields, types),
    toRow: rowMode === "array" ? toArray : toObject,
  };
}

function toColumns(fields: readonly FieldDescription[], types: TypeParsers): readonly ResultColumn[] {
  return fields.map(({ name, dataTypeID }) => ({ name, parse: types.getTypeParser(dataTypeID, "text") }));
}

function toArray(columns: readonly ResultColumn[], values: readonly (string | null)[]): unknown[] {
  return columns.map(({ parse }, index) => parsed(parse, values[index]));
}

function toObject(columns: readonly ResultColumn[], values: readonly (string | null)[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index];
    if (column !== undefined) row[column.name] = parsed(column.parse, values[index]);
  }
  return row;
}

function parsed(parse: ResultColumn["parse"], value: string | null | undefined): unknown {
  return value === null || value === undefined ? null : parse(value);
}
