import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { Column } from "../catalog/catalog.ts";
import { partyMark } from "./party-mark.ts";

/** What a value has to be, as far as its type says. */
export type TypeOfValue = Pick<Column, "baseType" | "plainType" | "category" | "labels">;

/** Texts that Postgres reads as values of a type, the likeliest first; none for a type that is not known. */
export function valuesOfType(type: TypeOfValue, party: string): readonly string[] {
  const made = byName[bareName(type.baseType)]?.(party, type);
  if (made !== undefined) return made;
  if (type.category === "E") return type.labels;
  if (type.category === "S") return textsOf(type, party);
  if (type.baseType.endsWith("multirange")) return ["{}"];
  return type.category === "R" ? ["empty"] : [];
}

/** The longest text that fits; `null` for any length. */
export function lengthOf({ plainType }: Pick<TypeOfValue, "plainType">): number | null {
  const length = /^(?:character(?: varying)?|bit(?: varying)?)\((\d+)\)/.exec(plainType)?.[1];
  if (length !== undefined) return Number(length);
  return plainType === "character" || plainType === "bit" ? 1 : null;
}

/** Extensions' types may stand in any schema. */
function bareName(baseType: string): string {
  return baseType.replace(/^.*\./, "").replaceAll('"', "");
}

type Maker = (party: string, type: TypeOfValue) => readonly string[];

const integers =
  (greatest: number): Maker =>
  () => [...Array.from({ length: 3 }, () => String(randomInt(1000, greatest))), "1", "0", "2", "10", "100", "-1"];
const floats: Maker = () => [(randomInt(1, 1_000_000_000) / 1000).toString(), "1", "0.5", "0", "-1"];

const byName: Readonly<Record<string, Maker>> = {
  smallint: integers(32_000),
  integer: integers(2_000_000_000),
  bigint: integers(200_000_000_000_000),
  oid: integers(2_000_000_000),
  real: floats,
  "double precision": floats,
  numeric: (_, type) => numericValues(type),
  money: floats,
  boolean: () => ["true", "false"],
  uuid: () => Array.from({ length: 12 }, () => randomUUID()),
  '"char"': () => ["x", "a"],
  char: () => ["x", "a"],
  name: (party) => [partyMark(party, 63)],
  bytea: () => [32, 16, 20, 64, 12, 8, 4, 1].map((length) => `\\x${randomBytes(length).toString("hex")}`),
  date: () => [date(), "2026-06-01", "2020-01-01", "2030-01-01"],
  "timestamp without time zone": timestamps,
  "timestamp with time zone": timestamps,
  "time without time zone": () => [`12:${minute()}:${minute()}`, "00:00", "23:59"],
  "time with time zone": () => [`12:${minute()}:${minute()}+00`, "00:00+00"],
  interval: () => [`${randomInt(1, 100)} hours`, "1 day", "1 month", "0", "-1 day"],
  json: (party) => [JSON.stringify({ mark: partyMark(party) }), "{}", "[]", '"x"', "1", "true"],
  jsonb: (party) => [JSON.stringify({ mark: partyMark(party) }), "{}", "[]", '"x"', "1", "true"],
  jsonpath: () => ["$.a"],
  xml: (party) => [`<mark>${partyMark(party)}</mark>`],
  inet: () => [address(), `${address()}/24`, "::1"],
  cidr: () => [`${address()}/32`, "10.0.0.0/8", "::/0"],
  macaddr: () => [hexPairs(6)],
  macaddr8: () => [hexPairs(8)],
  bit: (_, type) => bitValues(type),
  "bit varying": (_, type) => bitValues(type),
  tsvector: (party) => [`rowhouse prove ${party.toLowerCase()}${randomBytes(6).toString("hex")}`],
  tsquery: () => ["rowhouse"],
  point: () => [`(${coordinate()},${coordinate()})`],
  line: () => ["{1,2,3}"],
  lseg: () => [`[(${coordinate()},0),(1,${coordinate()})]`],
  box: () => [`(${randomInt(2, 1000)},3),(1,1)`],
  path: () => [`[(${coordinate()},0),(1,1)]`],
  polygon: () => [`((${coordinate()},0),(1,1),(0,1))`],
  circle: () => [`<(${coordinate()},0),1>`],
  pg_lsn: () => [`0/${randomBytes(3).toString("hex").toUpperCase()}`],
  xid8: integers(1_000_000),
  regclass: () => ["pg_class"],
  regtype: () => ["text"],
  regrole: () => ["pg_monitor"],
  int4range: numberRange,
  int8range: numberRange,
  numrange: numberRange,
  daterange: () => [`[${date()},2027-01-01)`, `[${date()},9999-01-01)`, "empty"],
  tsrange: timeRange,
  tstzrange: timeRange,
  int4multirange: () => numberRange().map((range) => `{${range}}`),
  int8multirange: () => numberRange().map((range) => `{${range}}`),
  nummultirange: () => numberRange().map((range) => `{${range}}`),
  hstore: (party) => [`mark=>"${partyMark(party)}"`],
  ltree: (party) => [`rowhouse.${party}.t${randomBytes(6).toString("hex")}`],
  citext: (party, type) => textsOf(type, party),
  vector: (_, type) => [vectorValue(type)],
  halfvec: (_, type) => [vectorValue(type)],
  geometry: () => [`POINT(${randomInt(170)} ${randomInt(80)})`],
  geography: () => [`POINT(${randomInt(170)} ${randomInt(80)})`],
};

function textsOf(type: TypeOfValue, party: string): string[] {
  return [partyMark(party, lengthOf(type) ?? undefined), partyMark(party, lengthOf(type) ?? undefined)];
}

function numericValues({ plainType }: TypeOfValue): string[] {
  const [, precision = "12", scale = "0"] = /^numeric\((\d+)(?:,(-?\d+))?\)$/.exec(plainType) ?? [undefined, "12", "2"];
  const whole = Math.min(Math.max(Number(precision) - Number(scale), 0), 9);
  const fraction = Math.min(Math.max(Number(scale), 0), 6);
  const random = (): string =>
    `${whole === 0 ? 0 : randomInt(10 ** whole)}${fraction === 0 ? "" : `.${String(randomInt(10 ** fraction)).padStart(fraction, "0")}`}`;
  const small = whole === 0 ? [] : ["1", "2", "-1"];
  return [random(), random(), ...small, "0", "0.5", ...(whole > 1 ? ["10"] : []), ...(whole > 2 ? ["100"] : [])];
}

function bitValues(type: TypeOfValue): string[] {
  const length = lengthOf(type) ?? 16;
  const bits = Array.from(randomBytes(length), (byte) => String(byte % 2)).join("");
  return [bits, "0".repeat(length), "1".repeat(length)];
}

function vectorValue({ plainType }: TypeOfValue): string {
  const size = Number(/\((\d+)\)$/.exec(plainType)?.[1] ?? "3");
  return `[${Array.from({ length: size }, () => (randomInt(1, 1000) / 1000).toString()).join(",")}]`;
}

function timestamps(): string[] {
  return [
    new Date(Date.now() - randomInt(1_000_000_000)).toISOString(),
    new Date(Date.now() + 86_400_000 + randomInt(1_000_000_000)).toISOString(),
    "2020-01-01T00:00:00Z",
    "2030-01-01T00:00:00Z",
  ];
}

function numberRange(): string[] {
  const start = randomInt(1000, 2_000_000_000);
  return [`[${start},${start + 1})`, "[1,10)", "empty"];
}

function timeRange(): string[] {
  const start = Date.now() + randomInt(2 ** 40);
  return [`[${new Date(start).toISOString()},${new Date(start + 60_000).toISOString()})`, "empty"];
}

function date(): string {
  return new Date(Date.UTC(2026, 0, 1) + randomInt(300) * 86_400_000).toISOString().slice(0, 10);
}

function minute(): string {
  return String(randomInt(10, 60));
}

function address(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
}

function hexPairs(length: number): string {
  return Array.from(randomBytes(length), (byte) => byte.toString(16).padStart(2, "0")).join(":");
}

function coordinate(): string {
  return (randomInt(1_000_000) / 1000).toString();
}
