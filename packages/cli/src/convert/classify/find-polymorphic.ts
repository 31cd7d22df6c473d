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
  /** The table whose rows name the tables, where the type is a key of such a row; as `sql`. */
  readonly dictionary: string | null;
}

/** One value of a type column and the table it means. */
export interface Case {
  readonly value: string;
  readonly edge: Edge;
}

/** `attachable_type` and `attachable_id`, `entityType` and `entityId`, and the like; `content_type_id` and `object_id` of a framework that numbers its tables. */
export function findPairs(table: Table, known: readonly Edge[]): readonly Pair[] {
  const taken = new Set(known.filter((edge) => edge.table === table).flatMap(({ columns }) => columns));
  return table.columns.flatMap((type) => {
    const name = snakeOf(type.name);
    const stem = /^(?:(.*)_)?(type|kind|class|table|model|class_name|table_name)$/.exec(name)?.[1];
    const dictionary = dictionaryOf(table, type);
    const isText = familyOf(type.baseType) === "text" || type.labels.length > 0;
    const before = /^((?:.*_)?)content_type_(?:id|fk)$/.exec(name)?.[1];
    // The name alone, as an audit's `table_name` and `record_id` have it, or `entity` and `entity_id`.
    const alone = /^(table|model|class|entity|resource|subject|target|object)(_?name|_type)?$/.exec(name)?.[1];
    const wanted =
      dictionary !== null && before !== undefined
        ? new RegExp(`^${before}(object|entity|item|record|resource|content)_(id|uuid|key|pk)$`)
        : stem !== undefined && isText
          ? new RegExp(`^${stem}_(id|uuid|key|pk)$`)
          : alone !== undefined && isText
            ? new RegExp(`^(${alone}|record|row|object|entity|item)_?(id|uuid|key|pk)$`)
            : null;
    if (wanted === null) return [];
    const id = table.columns.find((column) => wanted.test(snakeOf(column.name)) && !taken.has(column.name));
    if (id === undefined || table.key.join() === id.name) return [];
    return [{ table, typeColumn: type.name, idColumn: id.name, notNull: type.notNull && id.notNull, dictionary }];
  });
}

function dictionaryOf(table: Table, { name }: Column): string | null {
  return table.foreignKeys.find(({ columns }) => columns.join("\n") === name)?.parent ?? null;
}

/** The tables that the values of a pair mean: those seen, or, where there is no row, those that a type or a check allows. */
export function casesOf(pair: Pair, sample: TableSample | undefined, tables: readonly Table[]): readonly Case[] {
  return valuesOf(pair, sample).flatMap(({ value, means }) => {
    const parent = tableMeant(pair, means, tables);
    if (parent?.key[0] === undefined) return [];
    const edge = makeEdge(
      pair.table,
      { columns: [pair.idColumn], parent, parentColumns: [parent.key[0]] },
      { constraint: null, source: "name", cascade: false },
    );
    return [{ value, edge }];
  });
}

/** `App\Models\Blog\Post` may be `app_models_blog_posts` or just `posts`: the longest name that there is. */
function tableMeant(pair: Pair, means: string, tables: readonly Table[]): Table | undefined {
  const parts = means.split(/::|\\|\/|\./);
  for (let from = 0; from < parts.length; from++) {
    const words = wordsOf(parts.slice(from).join("_"));
    const named = tables.filter((table) => sameNoun(wordsOf(table.name), words));
    const near = named.filter(({ schema }) => schema === pair.table.schema);
    const found = [near, named].find((some) => some.length === 1)?.[0];
    if (found !== undefined) return found;
  }
  const last = wordsOf(parts.at(-1) ?? means);
  const ends = tables.filter((table) => sameNoun(wordsOf(table.name).slice(1), last));
  return ends.length === 1 ? ends[0] : undefined;
}

/** What stands in the type column, and the name of a table that it means. */
export function valuesOf(
  { table, typeColumn }: Pair,
  sample: TableSample | undefined,
): readonly { readonly value: string; readonly means: string }[] {
  const seen = sample?.values.get(typeColumn) ?? [];
  if (seen.length > 0) return seen;
  const itself = (value: string): { value: string; means: string } => ({ value, means: value });
  const column = table.columns.find(({ name }) => name === typeColumn);
  if (column !== undefined && column.labels.length > 0) return column.labels.map(itself);
  const allowed = table.checks.filter(({ columns }) => columns.join() === typeColumn);
  return allowed.flatMap(({ condition }) =>
    [...condition.matchAll(/'((?:[^']|'')+)'/g)].map(([, text = ""]) => itself(text.replaceAll("''", "'"))),
  );
}

/** Whether a column that a name makes a key is half of a pair: `item_id` beside `item_type` points to no `items`. */
export function isTyped(
  { table, columns, source }: Edge,
  { sample, tables }: { sample: TableSample | undefined; tables: readonly Table[] },
): boolean {
  return (
    source === "name" &&
    findPairs(table, []).some((pair) => pair.idColumn === columns[0] && casesOf(pair, sample, tables).length > 0)
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
