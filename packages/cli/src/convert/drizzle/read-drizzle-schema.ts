import { RowhouseError } from "rowhouse";
import type { OrmRelation } from "../orm/orm-relation.ts";
import { readSourceFiles } from "../orm/read-source-files.ts";
import { placeOf, type SourceFile } from "../orm/source-error.ts";
import {
  drizzleTables,
  linksOf,
  objectOf,
  type Casing,
  type DrizzleColumn,
  type DrizzleTable,
} from "./drizzle-tables.ts";
import { parseDeclarations, type Declaration, type TsExpression } from "./parse-declarations.ts";

/**
 * The relations of a Drizzle schema: `references`, `foreignKey`, `relations` and `defineRelations`. The schema is read as text and not run.
 *
 * @param path of the schema, or of the folder that holds its files
 * @param casing as the application gives it to `drizzle()`; names as they are by default
 * @throws RowhouseError INVALID_INPUT when it is missing or holds no table of Postgres; the message has the line
 */
export async function readDrizzleSchema(path: string, casing: Casing = "none"): Promise<readonly OrmRelation[]> {
  return relationsOfDrizzle(await loadDrizzleDeclarations(path), casing);
}

/** What of a folder is part of the schema. */
export const drizzleFiles = { flag: "--drizzle", name: /(?<!\.d|\.test)\.[cm]?[jt]s$/ };

/** @throws RowhouseError INVALID_INPUT */
export async function loadDrizzleDeclarations(path: string): Promise<readonly Declaration[]> {
  const files = await readSourceFiles(path, drizzleFiles);
  return files.flatMap(parseDeclarations);
}

/** Pure: the same from what is parsed. @throws RowhouseError INVALID_INPUT where there is no table */
export function relationsOfDrizzle(all: readonly Declaration[], casing: Casing): readonly OrmRelation[] {
  const tables = drizzleTables(all, casing);
  if (tables.length === 0)
    throw new RowhouseError(
      "INVALID_INPUT",
      "The schema of --drizzle declares no table with pgTable, pgTableCreator or pgSchema(…).table. Name the file that does, or the folder that holds its files.",
    );
  const known = new Known(tables);
  const found = [
    ...tables.flatMap((table) => [...referencesOf(table, known), ...foreignKeysOf(table, known)]),
    ...all.flatMap((declaration) => relationsDeclared(declaration, known)),
  ];
  // Most are written twice, as a reference and for queries: the first place counts.
  const first = new Map<string, OrmRelation>();
  for (const relation of found) {
    const { table, columns, parent, parentColumns } = relation;
    const key = JSON.stringify([table, columns, parent, parentColumns]);
    if (!first.has(key)) first.set(key, relation);
  }
  return [...first.values()];
}

interface Target {
  readonly table: DrizzleTable;
  readonly column: DrizzleColumn;
}

/** Finds `users.id` of an expression. */
class Known {
  readonly #tables: readonly DrizzleTable[];

  constructor(tables: readonly DrizzleTable[]) {
    this.#tables = tables;
  }

  table(name: string, file: SourceFile): DrizzleTable | undefined {
    const named = this.#tables.filter(({ declaration }) => declaration.name === name);
    return named.find((each) => each.file === file) ?? named[0];
  }

  /** `self` is what the names of a callback's parameter mean. */
  column(
    expression: TsExpression,
    file: SourceFile,
    self?: { name: string | null; table: DrizzleTable },
  ): Target | undefined {
    if (expression.kind !== "member") return undefined;
    const { of, name } = expression;
    // `schema.users.id` and, in defineRelations, `r.users.id` name the table last but one.
    const owner = of.kind === "name" || of.kind === "member" ? of.name : "";
    const table = self !== undefined && owner === self.name ? self.table : this.table(owner, file);
    const column = table?.columns.find(({ key }) => key === name);
    return table === undefined || column === undefined ? undefined : { table, column };
  }
}

function relationOf(
  own: readonly (Target | undefined)[],
  theirs: readonly (Target | undefined)[],
  at: string,
): OrmRelation[] {
  const [from, to] = [own.filter((each) => each !== undefined), theirs.filter((each) => each !== undefined)];
  const [table, parent] = [from[0]?.table, to[0]?.table];
  if (table === undefined || parent === undefined) return [];
  if (from.length !== own.length || to.length !== theirs.length || from.length !== to.length) return [];
  return [
    {
      table: table.table,
      columns: from.map(({ column }) => column.name),
      parent: parent.table,
      parentColumns: to.map(({ column }) => column.name),
      optional: from.some(({ column }) => !column.links.some(({ name }) => ["notNull", "primaryKey"].includes(name))),
      at,
    },
  ];
}

function referencesOf(table: DrizzleTable, known: Known): OrmRelation[] {
  return table.columns.flatMap((column) =>
    column.links.flatMap(({ name, given: [target] }) => {
      if (name !== "references" || target?.kind !== "arrow") return [];
      return relationOf(
        [{ table, column }],
        [known.column(target.body, table.file)],
        placeOf(table.file, column.start),
      );
    }),
  );
}

function foreignKeysOf(table: DrizzleTable, known: Known): OrmRelation[] {
  const extras = table.call.given[2];
  if (extras?.kind !== "arrow") return [];
  const self = { name: extras.parameter, table };
  return itemsOf(extras.body).flatMap((item) => {
    const key = linksOf(item).find(({ name }) => name === "foreignKey");
    const own = listOf(key?.given[0], "columns").map((each) => known.column(each, table.file, self));
    const theirs = listOf(key?.given[0], "foreignColumns").map((each) => known.column(each, table.file, self));
    return relationOf(own, theirs, placeOf(table.file, item.start));
  });
}

/** `relations(posts, ({ one }) => ({ author: one(users, { fields, references }) }))`, and the newer `defineRelations(schema, (r) => …)`. */
function relationsDeclared({ value, file }: Declaration, known: Known): OrmRelation[] {
  const [call] = linksOf(value);
  const body = objectOf(call?.given[1]);
  if (call === undefined || body === undefined || !["relations", "defineRelations"].includes(call.name)) return [];
  const read = (expression: TsExpression): OrmRelation[] => {
    const one = linksOf(expression)[0];
    const columns = (...names: string[]): (Target | undefined)[] =>
      names.flatMap((name) => listOf(one?.given.at(-1), name)).map((each) => known.column(each, file));
    const isOne = linksOf(expression).length === 1 && !isMany(expression);
    return isOne
      ? relationOf(columns("fields", "from"), columns("references", "to"), placeOf(file, expression.start))
      : [];
  };
  return itemsOf(body).flatMap((item) => (item.kind === "object" ? itemsOf(item).flatMap(read) : read(item)));
}

/** `many(posts)`, `r.many.posts({ from, to })`: the other side says it. */
function isMany(expression: TsExpression): boolean {
  if (expression.kind === "call") return isMany(expression.callee);
  if (expression.kind === "member") return expression.name === "many" || isMany(expression.of);
  return expression.kind === "name" && expression.name === "many";
}

function itemsOf(expression: TsExpression): readonly TsExpression[] {
  if (expression.kind === "list") return expression.items;
  return expression.kind === "object" ? expression.entries.map(({ value }) => value) : [];
}

/** The columns of an entry, which may be one alone. */
function listOf(object: TsExpression | undefined, key: string): readonly TsExpression[] {
  const value = objectOf(object)?.entries.find((entry) => entry.key === key)?.value;
  if (value === undefined) return [];
  return value.kind === "list" ? value.items : [value];
}
