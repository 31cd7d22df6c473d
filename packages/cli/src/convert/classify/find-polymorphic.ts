import type { Column, Table } from "../catalog/catalog.ts";
import { edgeId, makeEdge, type Edge } from "./edge.ts";
import type { TableSample } from "./evidence.ts";
import { familyOf } from "./guess-edges.ts";
import { snakeOf, sameNoun, wordsOf } from "./words.ts";

/** Two columns of which the one says what table the other points to. */
export interface Pair {
  readonly table: Table;
  readonly typeColumn: string;
  readonly idColumn: string;
  readonly notNull: boolean;
}

/** One value of a type column and the table it means. */
export interface Case {
  readonly value: string;
  readonly edge: Edge;
}

/** `attachable_type` and `attachable_id`, `entityType` and `entityId`, and the like. */
export function findPairs(table: Table, known: readonly Edge[]): readonly Pair[] {
  const taken = new Set(known.filter((edge) => edge.table === table).flatMap(({ columns }) => columns));
  return table.columns.flatMap((type) => {
    const stem = /^(?:(.*)_)?(type|kind|class|table|model|class_name|table_name)$/.exec(snakeOf(type.name))?.[1];
    if (stem === undefined || !(familyOf(type.baseType) === "text" || type.labels.length > 0)) return [];
    const id = table.columns.find(
      (column) => new RegExp(`^${stem}_(id|uuid|key|pk)$`).test(snakeOf(column.name)) && !taken.has(column.name),
    );
    if (id === undefined || table.key.join() === id.name) return [];
    return [{ table, typeColumn: type.name, idColumn: id.name, notNull: type.notNull && id.notNull }];
  });
}

/** The tables that the values of a pair mean: those seen, or, where there is no row, those that a type or a check allows. */
export function casesOf(pair: Pair, sample: TableSample | undefined, tables: readonly Table[]): readonly Case[] {
  return valuesOf(pair, sample).flatMap((value) => {
    const words = wordsOf(value.split(/::|\\|\/|\./).at(-1) ?? value);
    const named = tables.filter((table) => table !== pair.table && sameNoun(wordsOf(table.name), words));
    const near = named.filter(({ schema }) => schema === pair.table.schema);
    const ends = tables.filter((table) => table !== pair.table && sameNoun(wordsOf(table.name).slice(1), words));
    const parent = [near, named, ends].find((found) => found.length === 1)?.[0];
    if (parent?.key[0] === undefined) return [];
    const edge = makeEdge(
      pair.table,
      { columns: [pair.idColumn], parent, parentColumns: [parent.key[0]] },
      { constraint: null, source: "name", cascade: false },
    );
    return [{ value, edge }];
  });
}

export function valuesOf({ table, typeColumn }: Pair, sample: TableSample | undefined): readonly string[] {
  const seen = sample?.values.get(typeColumn) ?? [];
  if (seen.length > 0) return seen.map(({ value }) => value);
  const column = table.columns.find(({ name }) => name === typeColumn);
  if (column !== undefined && column.labels.length > 0) return column.labels;
  const allowed = table.checks.filter(({ columns }) => columns.join() === typeColumn);
  return allowed.flatMap(({ condition }) =>
    [...condition.matchAll(/'((?:[^']|'')+)'/g)].map(([, text = ""]) => text.replaceAll("''", "'")),
  );
}

/** What a case is known by in a sample. */
export function caseId(pair: Pair, { value, edge }: Case): string {
  return `${pair.typeColumn}=${value}: ${edgeId(edge)}`;
}

/** Whether the values of the two columns can be compared as they are. */
export function comparable({ table, idColumn }: Pair, parent: Table): boolean {
  const type = (of: Table, name: string | undefined): Column | undefined =>
    of.columns.find((column) => column.name === name);
  const [left, right] = [type(table, idColumn), type(parent, parent.key[0])];
  return left !== undefined && right !== undefined && familyOf(left.baseType) === familyOf(right.baseType);
}
