import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { isRecord } from "./is-record.ts";
import type { OpenApi, Schema } from "./read-operations.ts";

const day = 86_400_000;
const deepest = 6;
/** Tried on a pattern, the first that fits is taken. */
const patterned = [
  "proof",
  "Proof1",
  "1",
  "12345",
  "AB",
  "ABC",
  "#aabbcc",
  "2031-05-06",
  "12:30",
  "+15550100",
  "A1B 2C3",
];

interface Making {
  readonly resolve: OpenApi["resolve"];
  /** The property it is for: names say what schemas leave out. */
  readonly name?: string;
  readonly depth?: number;
}

/** A value that fits a JSON schema; texts are new ones each time, so that they meet no unique constraint. */
export function makeValue(given: unknown, making: Making): unknown {
  const { resolve, depth = 0 } = making;
  const schema = mergeAll(resolve(given), resolve);
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum.find((value) => value !== null) ?? null;
  const choices = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(choices)) {
    const all: readonly unknown[] = choices;
    const choice = all.find((one) => resolve(one).type !== "null") ?? all[0];
    return makeValue({ ...schema, oneOf: undefined, anyOf: undefined, ...resolve(choice) }, making);
  }
  const type = typeOf(schema);
  if (type === "object") return depth > deepest ? {} : makeObject(schema, making);
  if (type === "array") return makeList(schema, making);
  if (type === "integer" || type === "number") return makeNumber(schema, type);
  if (type === "boolean") return typeof schema.default === "boolean" ? schema.default : true;
  return type === "null" ? null : makeText(schema, making.name ?? "");
}

function mergeAll(schema: Schema, resolve: OpenApi["resolve"]): Schema {
  if (!Array.isArray(schema.allOf)) return schema;
  const parts = [{ ...schema, allOf: undefined }, ...schema.allOf.map((part) => mergeAll(resolve(part), resolve))];
  const recordsOf = (key: string) => parts.map((part: Schema) => part[key]).filter(isRecord);
  return {
    ...joined(parts),
    properties: joined(recordsOf("properties")),
    required: parts.flatMap((part: Schema): unknown[] => (Array.isArray(part.required) ? part.required : [])),
  };
}

function joined(parts: readonly Schema[]): Schema {
  return parts.reduce<Schema>((all, part) => ({ ...all, ...part }), {});
}

function typeOf(schema: Schema): unknown {
  if (Array.isArray(schema.type)) return schema.type.find((type) => type !== "null");
  if (schema.type !== undefined) return schema.type;
  if (isRecord(schema.properties)) return "object";
  return schema.items === undefined ? "string" : "array";
}

/** What is required; where nothing is, one property, since an empty change is often refused. */
function makeObject(schema: Schema, { resolve, depth = 0 }: Making): Record<string, unknown> {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const wanted = Object.keys(properties).filter((name) => required.includes(name));
  if (wanted.length === 0) wanted.push(...Object.keys(properties).slice(0, 1));
  return Object.fromEntries(
    wanted.map((name) => [name, makeValue(properties[name], { resolve, name, depth: depth + 1 })]),
  );
}

function makeList(schema: Schema, { resolve, name = "", depth = 0 }: Making): unknown[] {
  const length = Math.max(1, Number(schema.minItems ?? 1));
  if (depth > deepest) return [];
  return Array.from({ length }, () => makeValue(schema.items ?? {}, { resolve, name, depth: depth + 1 }));
}

function makeNumber(schema: Schema, type: "integer" | "number"): number {
  if (typeof schema.default === "number") return schema.default;
  const step = type === "integer" ? 1 : 0.5;
  // OpenAPI 3.0 has a boolean beside `minimum`, 3.1 a number of its own.
  if (typeof schema.exclusiveMinimum === "number") return schema.exclusiveMinimum + step;
  if (typeof schema.minimum === "number")
    return schema.exclusiveMinimum === true ? schema.minimum + step : schema.minimum;
  return typeof schema.maximum === "number" ? Math.min(1, schema.maximum) : 1;
}

function makeText(schema: Schema, name: string): string {
  const word = `proof-${randomBytes(5).toString("hex")}`;
  const formatted =
    byFormat(typeof schema.format === "string" ? schema.format : "", word) ?? byName(name.toLowerCase(), word);
  if (typeof schema.pattern === "string") {
    const pattern = new RegExp(schema.pattern, "u");
    const fits = (text: unknown): text is string => typeof text === "string" && pattern.test(text);
    return [formatted, word, schema.example, schema.default, ...patterned].find(fits) ?? word;
  }
  const long = (formatted ?? word).padEnd(Number(schema.minLength ?? 0), "x");
  return formatted === undefined ? long.slice(-Number(schema.maxLength ?? 1000)) : long;
}

function byFormat(format: string, word: string): string | undefined {
  const later = new Date(Date.now() + day).toISOString();
  const made: Readonly<Record<string, string>> = {
    email: `${word}@example.com`,
    uuid: randomUUID(),
    "date-time": later,
    date: later.slice(0, 10),
    time: "12:30:00Z",
    duration: "P1D",
    uri: `https://example.com/${word}`,
    url: `https://example.com/${word}`,
    hostname: `${word}.example.com`,
    ipv4: `192.0.2.${randomInt(1, 255)}`,
    ipv6: "2001:db8::1",
    byte: Buffer.from(word).toString("base64"),
    password: `Aa1!${word}`,
  };
  return made[format];
}

function byName(name: string, word: string): string | undefined {
  if (name.includes("email")) return `${word}@example.com`;
  if (name.includes("password")) return `Aa1!${word}`;
  if (/domain|hostname/.test(name)) return `${word}.com`;
  if (/ur[il]$/.test(name)) return `https://example.com/${word}`;
  return /(?:_at|date)$/.test(name) ? new Date(Date.now() + day).toISOString() : undefined;
}
