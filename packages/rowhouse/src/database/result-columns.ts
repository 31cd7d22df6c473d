import pg from "pg";
import { camelCase } from "./camel-case.ts";
import { parseTimestampOr } from "./parse-timestamp.ts";

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

/** Oids of node-postgres's types. */
const json = 114;
const timestamptz = 1184;

/** node-postgres does not export it. */
const ownDateParser = "parseDate";

export function toResultColumns(fields: readonly FieldDescription[]): readonly ResultColumn[] {
  return fields.map(({ name, dataTypeID }) => ({
    name: camelCase.toPropertyName(name),
    parse: parserOf(dataTypeID),
  }));
}

/** What the application registered with node-postgres holds; only its own parser for timestamps has a faster stand-in. */
function parserOf(oid: number): (text: string) => unknown {
  const parse = pg.types.getTypeParser(oid, "text") as (text: string) => unknown;
  if (oid === timestamptz && parse.name === ownDateParser) return parseTimestampOr(parse);
  // Query helpers build json out of columns, so its keys are names of columns too. jsonb is data: its keys stay.
  return oid === json ? (text) => renameKeys(parse(text)) : parse;
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
