import { RowhouseError } from "rowhouse";

/** Values for columns, by table and column: what a person gives where nothing fitting is found. */
export type GivenValues = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

/** @throws RowhouseError INVALID_INPUT when it is not in the form {"schema.table": {"column": "value"}} */
export function parseValues(content: string, file: string): GivenValues {
  const value = parseJson(content);
  if (isValues(value)) return value;
  throw new RowhouseError(
    "INVALID_INPUT",
    `${file} holds no values: expected JSON as {"schema.table": {"column": "value"}}, each value a text or null.`,
  );
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isValues(value: unknown): value is GivenValues {
  return (
    isRecord(value) && Object.values(value).every((table) => isRecord(table) && Object.values(table).every(isValue))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isValue(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}
