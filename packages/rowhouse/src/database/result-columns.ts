import pg from "pg";
import { camelCase } from "./camel-case.ts";

/** One column of a result: its name in TypeScript, and how its text becomes a value. */
export interface ResultColumn {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** What the server says of a column. */
export interface FieldDescription {
  readonly name: string;
  readonly dataTypeID: number;
}

/** Oid of `json`. Query helpers build it out of columns, so its keys are names of columns too. `jsonb` is data: its keys stay. */
const json = 114;

export function toResultColumns(fields: readonly FieldDescription[]): readonly ResultColumn[] {
  return fields.map(({ name, dataTypeID }) => {
    const parse = pg.types.getTypeParser(dataTypeID, "text") as (text: string) => unknown;
    return {
      name: camelCase.toPropertyName(name),
      parse: dataTypeID === json ? (text) => renameKeys(parse(text)) : parse,
    };
  });
}

export function toRow(columns: readonly ResultColumn[], values: readonly (string | null)[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index];
    const value = values[index];
    if (column !== undefined) row[column.name] = value === null || value === undefined ? null : column.parse(value);
  }
  return row;
}

function renameKeys(value: unknown): unknown {
  return typeof value === "object" && value !== null ? camelCase.rename(value) : value;
}
