import { sqlName } from "../orm/sql-name.ts";
import type { SourceFile } from "../orm/source-error.ts";
import type { Declaration, ObjectEntry, TsExpression } from "./parse-declarations.ts";

/** How columns get their names where the schema gives none: the `casing` that the application calls `drizzle` with. */
export type Casing = "none" | "snake_case" | "camelCase";

/** One call of a chain: `.references(() => users.id)`. */
export interface Link {
  readonly name: string;
  readonly given: readonly TsExpression[];
  /** Of the whole chain so far. */
  readonly end: number;
}

export interface DrizzleColumn {
  readonly key: string;
  /** Raw. */
  readonly name: string;
  readonly links: readonly Link[];
  readonly start: number;
  readonly end: number;
}

export interface DrizzleTable {
  readonly declaration: Declaration;
  readonly file: SourceFile;
  /** `schema.table`, quoted where SQL needs it. */
  readonly table: string;
  readonly columns: readonly DrizzleColumn[];
  /** The call that makes it, and its second and third parts. */
  readonly call: TsExpression & { kind: "call" };
  /** Columns that are spread in from where they could not be read. */
  readonly unread: readonly TsExpression[];
}

/** What the files declare, found by name: in the same file first. */
export class Declarations {
  readonly #all: readonly Declaration[];

  constructor(all: readonly Declaration[]) {
    this.#all = all;
  }

  find(name: string, file: SourceFile): Declaration | undefined {
    const named = this.#all.filter((each) => each.name === name);
    return named.find((each) => each.file === file) ?? named[0];
  }
}

/** Every table of Postgres among what the files declare. */
export function drizzleTables(all: readonly Declaration[], casing: Casing): readonly DrizzleTable[] {
  const declarations = new Declarations(all);
  return all.flatMap((declaration) => tableOf(declaration, declarations, casing) ?? []);
}

/** `a("x").b().c` as its calls, from the first to the last. */
export function linksOf(expression: TsExpression): readonly Link[] {
  if (expression.kind === "member") return linksOf(expression.of);
  if (expression.kind !== "call") return [];
  const { callee, given, end } = expression;
  if (callee.kind === "name") return [{ name: callee.name, given, end }];
  return callee.kind === "member" ? [...linksOf(callee.of), { name: callee.name, given, end }] : [];
}

/** An object, also as what a function gives back. */
export function objectOf(expression: TsExpression | undefined): (TsExpression & { kind: "object" }) | undefined {
  if (expression?.kind === "arrow") return objectOf(expression.body);
  return expression?.kind === "object" ? expression : undefined;
}

function tableOf(declaration: Declaration, declarations: Declarations, casing: Casing): DrizzleTable | undefined {
  const made = findTableCall(declaration.value, declaration, declarations);
  const columns = made?.call.given[1];
  if (made === undefined) return undefined;
  const { call, schema, named } = made;
  const [given] = call.given;
  const name = given?.kind === "text" ? named(given.text) : undefined;
  if (name === undefined) return undefined;
  const { entries, unread } = entriesOf(columns, declaration.file, declarations);
  return {
    declaration,
    file: declaration.file,
    table: sqlName(schema, name),
    columns: entries.map((entry) => columnOf(entry, { file: declaration.file, declarations, casing })),
    call,
    unread,
  };
}

interface TableCall {
  readonly call: TsExpression & { kind: "call" };
  readonly schema: string;
  readonly named: (name: string) => string | undefined;
}

/** `pgTable(…)`, `schema.table(…)`, or of a function that `pgTableCreator` made; also with more called on it. */
function findTableCall(expression: TsExpression, from: Declaration, declarations: Declarations): TableCall | undefined {
  if (expression.kind !== "call") return undefined;
  const { callee } = expression;
  const root = callee.kind === "member" && callee.of.kind === "name" ? callee.of.name : undefined;
  const own = { call: expression, schema: "public", named: (name: string) => name };
  if (callee.kind === "name" && callee.name === "pgTable") return own;
  if (root === "pgTable") return own;
  const maker = declarations.find(callee.kind === "name" ? callee.name : (root ?? ""), from.file)?.value;
  const [made] = maker === undefined ? [] : linksOf(maker);
  const [first] = made?.given ?? [];
  if (made?.name === "pgSchema" && callee.kind === "member" && callee.name === "table" && first?.kind === "text")
    return { ...own, schema: first.text };
  if (made?.name === "pgTableCreator" && callee.kind === "name")
    return { ...own, named: (name) => applyTemplate(first, name) };
  return callee.kind === "member" ? findTableCall(callee.of, from, declarations) : undefined;
}

/** `(name) => `app_${name}``: the one thing that is done with names. */
function applyTemplate(made: TsExpression | undefined, name: string): string | undefined {
  if (made?.kind !== "arrow") return undefined;
  if (made.body.kind === "name") return made.body.name === made.parameter ? name : undefined;
  if (made.body.kind !== "text") return undefined;
  const filled = made.body.text.replaceAll(`\${${made.parameter ?? ""}}`, name);
  return filled.includes("${") ? undefined : filled;
}

function entriesOf(
  columns: TsExpression | undefined,
  file: SourceFile,
  declarations: Declarations,
): { readonly entries: readonly ObjectEntry[]; readonly unread: readonly TsExpression[] } {
  const object = columns?.kind === "name" ? objectOf(declarations.find(columns.name, file)?.value) : objectOf(columns);
  if (object === undefined) return { entries: [], unread: columns === undefined ? [] : [columns] };
  const spread = object.spreads.map((each) => {
    const found = each.kind === "name" ? declarations.find(each.name, file) : undefined;
    return found === undefined ? { entries: [], unread: [each] } : entriesOf(found.value, found.file, declarations);
  });
  return {
    entries: [...object.entries, ...spread.flatMap(({ entries }) => entries)],
    unread: spread.flatMap(({ unread }) => unread),
  };
}

interface Surroundings {
  readonly file: SourceFile;
  readonly declarations: Declarations;
  readonly casing: Casing;
}

function columnOf(
  { key, value, start, end }: ObjectEntry,
  { file, declarations, casing }: Surroundings,
): DrizzleColumn {
  const shared = value.kind === "name" ? declarations.find(value.name, file)?.value : undefined;
  const links = linksOf(shared ?? value);
  const [given] = links[0]?.given ?? [];
  return { key, name: given?.kind === "text" ? given.text : cased(key, casing), links, start, end };
}

/** As drizzle-orm cuts names into words. */
function cased(key: string, casing: Casing): string {
  if (casing === "none") return key;
  const words = key.replace(/['\u2019]/g, "").match(/[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+/g) ?? [];
  if (casing === "snake_case") return words.map((word) => word.toLowerCase()).join("_");
  return words
    .map((word, at) => (at === 0 ? word.toLowerCase() : `${word[0]?.toUpperCase() ?? ""}${word.slice(1)}`))
    .join("");
}
