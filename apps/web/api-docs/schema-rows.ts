import type { ApiDocument, JsonSchema } from "rowhouse/http";

type Schemas = ApiDocument["schemas"];

/** One field of a body, wherever it lies: `items[].invitedBy.name`. */
export interface SchemaRow {
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly description?: string | undefined;
}

/** All fields of a body, from the outside to the inside. Of alternatives, every field that one of them has. */
export function listSchemaRows(schema: JsonSchema, schemas: Schemas, prefix = ""): SchemaRow[] {
  const { properties = {}, required = [], items, anyOf, oneOf } = resolve(schema, schemas);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return mergeRows(choices.map((one) => listSchemaRows(one, schemas, prefix)));
  if (items !== undefined) return listSchemaRows(items, schemas, `${prefix}[]`);
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    const { description } = resolve(property, schemas);
    const row = { path, type: typeText(property, schemas), isRequired: required.includes(name), description };
    return [row, ...listSchemaRows(property, schemas, path)];
  });
}

/** What a value may be, in a few signs: `string (uuid) | null`, `"csv" | "json"`. */
export function typeText(schema: JsonSchema, schemas: Schemas): string {
  const { enum: values, anyOf, oneOf, type, items, format } = resolve(schema, schemas);
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return [...new Set(choices.map((one) => typeText(one, schemas)))].join(" | ");
  if (items !== undefined) return `${bracket(typeText(items, schemas))}[]`;
  const types = typeof type === "string" ? [type] : (type ?? ["any JSON"]);
  return types.map((one) => (one === "string" && format !== undefined ? `string (${format})` : one)).join(" | ");
}

/** A schema itself, where it is given by its name. */
export function resolve(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (schemas[name] ?? {});
}

function bracket(text: string): string {
  return text.includes("|") ? `(${text})` : text;
}

/** A field is needed when each alternative needs it. */
function mergeRows(alternatives: readonly (readonly SchemaRow[])[]): SchemaRow[] {
  const merged = new Map<string, SchemaRow>();
  for (const row of alternatives.flat()) {
    const types = [merged.get(row.path)?.type, row.type].filter((type) => type !== undefined);
    const isRequired = alternatives.every((rows) => rows.some(({ path, isRequired: is }) => path === row.path && is));
    merged.set(row.path, { ...row, type: [...new Set(types)].join(" | "), isRequired });
  }
  return [...merged.values()];
}
