import type { Column } from "../catalog/catalog.ts";
import type { Session, Value } from "../session.ts";
import { attemptInSavepoint } from "../attempt-in-savepoint.ts";
import type { Hints } from "./check-hints.ts";
import { jsonTexts } from "./json-texts.ts";
import { memberTypes } from "./member-types.ts";
import { shapedTexts } from "./shaped-texts.ts";
import { lengthOf, valuesOfType, type TypeOfValue } from "./values-of-type.ts";

/** What is asked of a value beyond its type, and whose it will be. */
export interface Wish {
  readonly party: string;
  /** `null` where no condition is about the column: its first candidate will do. */
  readonly hints: Hints | null;
}

/** Values that a column takes by its type and its domains, the likeliest first. Empty when none is known. */
export async function candidatesOf(session: Session, column: Column, wish: Wish): Promise<readonly string[]> {
  const isPlain = wish.hints === null && column.elementType === null && valuesOfType(column, wish.party).length > 0;
  const all = [...new Set(await valuesOf(session, column, wish))];
  // What is written for a type needs no asking.
  if (isPlain) return fit(all, column);
  const fitted = fit(all, column);
  const fitting = isSureToFit(column) ? fitted : await readable(session, column.plainType, fitted);
  return column.domainChecks.length === 0 ? fitting : allowed(session, column, fitting);
}

async function valuesOf(session: Session, column: Column, wish: Wish): Promise<readonly string[]> {
  const { party, hints } = wish;
  if (column.elementType !== null) return arraysOf(session, column, wish);
  const plain = valuesOfType(column, party);
  const found = plain.length > 0 ? plain : await madeOfMembers(session, column, wish);
  if (hints === null) return found.length > 0 ? found : ["x", "", "0"];
  if (column.category === "S") return [...found, ...(await shapedTexts(party, hints))];
  if (column.category === "N") return [...found.slice(0, 1), ...aroundNumbers(hints.numbers), ...found];
  if (column.category === "D") return [...found, ...hints.texts.flatMap(aroundTime)];
  if (column.baseType === "jsonb" || column.baseType === "json") return [...found, ...jsonTexts(hints)];
  if (column.baseType === "daterange")
    return [...found.slice(0, 1), ...hints.numbers.flatMap(daysLong), ...found.slice(1), ...hints.texts];
  return [...found, ...hints.texts];
}

function daysLong(days: number): string[] {
  const start = new Date(Date.UTC(2026, 0, 1 + Math.floor(Math.random() * 3000)));
  const end = new Date(start.getTime() + Math.min(Math.abs(days), 100_000) * 86_400_000);
  return [`[${start.toISOString().slice(0, 10)},${end.toISOString().slice(0, 10)})`];
}

async function arraysOf(session: Session, column: Column, wish: Wish): Promise<readonly string[]> {
  const { elementType, elementCategory } = column;
  const plainType = column.plainType.replace(/(\[\])+$/, "");
  const element: TypeOfValue = {
    baseType: elementType ?? "text",
    plainType,
    category: elementCategory ?? "S",
    labels: column.labels,
  };
  const { hints, party } = wish;
  const texts = hints !== null && element.category === "S" ? hints.texts : [];
  const numbers = hints !== null && element.category === "N" ? hints.numbers.map(String) : [];
  const single = valuesOfType(element, party);
  const members = single.length > 0 ? single : await madeOfMembers(session, { ...column, ...element }, wish);
  const items = [...members.slice(0, 2), ...texts, ...numbers].map(quoted);
  const counts = (hints?.numbers ?? []).filter((count) => Number.isInteger(count) && count > 1 && count < 2000);
  const repeated = counts.map((count) => `{${Array.from({ length: count }, () => items[0] ?? "NULL").join(",")}}`);
  return [
    ...items.map((item) => `{${item}}`),
    ...(items.length > 1 ? [`{${items.join(",")}}`] : []),
    ...repeated,
    "{}",
  ];
}

/** Composite types, and ranges that a person made. */
async function madeOfMembers(session: Session, column: Column, { party }: Wish): Promise<readonly string[]> {
  if (column.category !== "C") return [];
  const members = await memberTypes(session, column.baseType);
  const values = members.map((member) => valuesOfType(member, party)[0]);
  return [`(${values.map((value) => (value === undefined ? "" : quoted(value))).join(",")})`];
}

function quoted(value: string): string {
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function aroundNumbers(numbers: readonly number[]): string[] {
  const sorted = [...numbers].sort((left, right) => left - right);
  const bounds = [(sorted[0] ?? 0) - 1000, ...sorted, (sorted.at(-1) ?? 0) + 1000];
  const between = bounds.slice(1).flatMap((above, index) => someBetween(bounds[index] ?? above, above));
  const near = sorted.flatMap((number) => [number, number + 1, number - 1, number + 0.5, number * 2, -number]);
  return [...between, ...near].map(String);
}

/** Several, since some of them may be taken. */
function someBetween(low: number, high: number): number[] {
  const fraction = Number(((low + high) / 2).toFixed(6));
  const first = Math.ceil(low);
  const count = Math.floor(high) - first + 1;
  if (count <= 0) return [fraction];
  const whole = Array.from({ length: Math.min(count, 8) }, () => first + Math.floor(Math.random() * count));
  return [...new Set([...whole, fraction])];
}

function aroundTime(text: string): string[] {
  const time = Date.parse(
    text.includes("T") || !text.includes(" ") ? text : text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"),
  );
  if (Number.isNaN(time)) return [text];
  return [text, ...[1, -1].map((days) => new Date(time + days * 86_400_000).toISOString())];
}

/** Without what is seen to be too long, too great or of another form: one unreadable value makes Postgres be asked for each. */
function fit(values: readonly string[], column: Column): readonly string[] {
  const length = lengthOf(column);
  const form = forms[column.baseType];
  const [, precision, scale = "0"] = /^numeric\((\d+)(?:,(-?\d+))?\)$/.exec(column.plainType) ?? [];
  const limit = precision === undefined ? Infinity : 10 ** (Number(precision) - Number(scale));
  return values.filter(
    (value) =>
      (length === null || value.length <= length) &&
      form?.test(value) !== false &&
      !(column.category === "N" && Math.abs(Number(value)) >= limit),
  );
}

/** A text takes what is not too long, and what has the form of these types they can read. */
function isSureToFit({ baseType }: Column): boolean {
  return ["text", "character varying", "uuid"].includes(baseType);
}

const forms: Readonly<Record<string, RegExp>> = {
  smallint: /^-?\d+$/,
  integer: /^-?\d+$/,
  bigint: /^-?\d+$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
};

/** Those that the type can read. */
async function readable(session: Session, type: string, values: readonly string[]): Promise<readonly string[]> {
  const read = (some: readonly string[]) =>
    attemptInSavepoint(session, () =>
      session.query(`select v::${type}::text as v from unnest($1::text[]) as t (v)`, [arrayOf(some)]),
    );
  if (!(await isRefused(read(values)))) return values;
  const fitting: string[] = [];
  for (const value of values) if (!(await isRefused(read([value])))) fitting.push(value);
  return fitting;
}

async function isRefused(answer: Promise<unknown>): Promise<boolean> {
  return (await answer) instanceof Error;
}

/** Those that the column's domains allow; VALUE is a name like any other outside of a domain. */
async function allowed(session: Session, column: Column, values: readonly string[]): Promise<readonly string[]> {
  const conditions = column.domainChecks.map((check) => `(${check}) is not false`).join(" and ");
  const ask = (some: readonly string[]) =>
    attemptInSavepoint(session, () =>
      session.query(
        `select t.v from (select v, v::${column.plainType} as value from unnest($1::text[]) with ordinality as u (v, n) order by n) as t
         where ${conditions}`,
        [arrayOf(some)],
      ),
    );
  const answer = await ask(values);
  if (!(answer instanceof Error)) return answer.rows.map(({ v }) => String(v));
  const fitting: string[] = [];
  for (const value of values) {
    const one = await ask([value]);
    if (!(one instanceof Error) && one.count > 0) fitting.push(value);
  }
  return fitting;
}

/** An array as Postgres writes it. */
export function arrayOf(values: readonly Value[]): string {
  return `{${values.map((value) => (value === null ? "NULL" : quoted(value))).join(",")}}`;
}
