import type { Column, Table } from "../catalog/catalog.ts";
import type { OrmRelation } from "../orm/orm-relation.ts";
import { edgeId, makeEdge, type Edge } from "./edge.ts";
import { endsWithNoun, namesPerson, sameNoun, saysPerson, stemOf, wordsOf } from "./words.ts";

/** Relations of an ORM's schema. Those of views are left out: a view belongs to nobody. */
export function edgesOfRelations(tables: readonly Table[], relations: readonly OrmRelation[]): readonly Edge[] {
  const byName = new Map(tables.map((table) => [table.sql, table]));
  return relations.flatMap(({ table: from, columns, parent: to, parentColumns }) => {
    const [table, parent] = [byName.get(from), byName.get(to)];
    if (table === undefined || parent === undefined) return [];
    return [
      makeEdge(table, { columns, parent, parentColumns }, { constraint: null, source: "schema", cascade: false }),
    ];
  });
}

/** Columns whose names say what they refer to, of those that no known edge has. With the users' table also those that name a person. */
export function guessEdges(tables: readonly Table[], known: readonly Edge[], users: Table | null): readonly Edge[] {
  const taken = new Set(
    known.flatMap((edge) => (edge.columns.length === 1 ? [`${edge.table.sql}.${edge.columns[0]}`] : [])),
  );
  const inComposite = new Set(known.flatMap((edge) => edge.columns.map((column) => `${edge.table.sql}.${column}`)));
  const found = new Map<string, Edge>();
  for (const table of tables)
    for (const column of table.columns) {
      const place = `${table.sql}.${column.name}`;
      if (taken.has(place)) continue;
      const target = targetOf(table, column, { tables, users }) ?? asElsewhere(table, column, known);
      // What a composite key covers already says nothing new, a user's key alone apart.
      if (target === null || (inComposite.has(place) && target.parent !== users)) continue;
      const edge = makeEdge(
        table,
        { columns: [column.name], parent: target.parent, parentColumns: [target.column] },
        { constraint: null, source: "name", cascade: false },
      );
      found.set(edgeId(edge), edge);
    }
  return [...found.values()];
}

/** What columns of the same name refer to wherever a key or the schema says so: `workspace_id` of `projects`. */
function asElsewhere(table: Table, column: Column, known: readonly Edge[]): Target | null {
  if (table.key.join() === column.name || stemOf(column.name) === null) return null;
  const alike = known.filter(({ columns }) => columns.join("\n") === column.name);
  const [first] = alike;
  const isOne = first !== undefined && alike.every(({ parent }) => parent === first.parent);
  return isOne ? fitting(first.parent, column) : null;
}

interface Target {
  readonly parent: Table;
  readonly column: string;
}

function targetOf(
  table: Table,
  column: Column,
  { tables, users }: { tables: readonly Table[]; users: Table | null },
): Target | null {
  const stem = stemOf(column.name);
  const isOwnKey = table.key.length === 1 && table.key[0] === column.name;
  if (stem !== null) {
    if (stem.join("_") === "parent" && !isOwnKey) return fitting(table, column);
    // `user_id` is the user's, unless there is a table that is called just so; not that of the only table whose name ends so.
    const isUser = sameNoun(stem.slice(-1), ["user"]) && !tables.some(({ name }) => sameNoun(wordsOf(name), stem));
    if (isUser && users !== null && !isOwnKey) return fitting(users, column);
    const named = bestNamed(table, stem, tables);
    if (named === table && isOwnKey) return null;
    const target = named === null ? null : fitting(named, column);
    if (target !== null && !(isOwnKey && named === table)) return target;
  }
  // A text that is called so may as well be a name.
  const isPerson = namesPerson(column.name) || (familyOf(column.baseType) !== "text" && saysPerson(column.name));
  if (users === null || isOwnKey || !isPerson) return null;
  return fitting(users, column);
}

/** The table that a column's stem names: exactly, as the end of its name, or as the end of the stem. In the same schema first. */
function bestNamed(table: Table, stem: readonly string[], tables: readonly Table[]): Table | null {
  const near = (found: readonly Table[]): Table | null => {
    const same = found.filter(({ schema }) => schema === table.schema);
    const pool = same.length > 0 ? same : found;
    return pool.length === 1 ? (pool[0] ?? null) : null;
  };
  const exact = tables.filter(({ name }) => sameNoun(wordsOf(name), stem));
  if (exact.length > 0) return near(exact);
  const ends = tables.filter(({ name }) => endsWithNoun(wordsOf(name), stem));
  if (ends.length > 0) return near(ends.filter(({ name }) => sharesPrefix(name, table.name))) ?? near(ends);
  const inStem = tables.filter(({ name }) => endsWithNoun(stem, wordsOf(name)));
  const longest = Math.max(...inStem.map(({ name }) => wordsOf(name).length));
  const best = near(inStem.filter(({ name }) => wordsOf(name).length === longest));
  if (best !== null) return best;
  const short = stem.at(-1) ?? "";
  // `repo` of `repository`, `hook` of `webhook`: the data has to confirm them.
  const abbreviated = tables.filter(
    ({ name }) => stem.length === 1 && short.length > 2 && isShortOf(short, wordsOf(name)) && name !== table.name,
  );
  if (near(abbreviated) !== null) return near(abbreviated);
  const parent = stem[0] === "parent" || stem[0] === "root" ? stem.slice(1) : [];
  return parent.length > 0 && endsWithNoun(wordsOf(table.name), parent) ? table : null;
}

function isShortOf(short: string, [word = "", ...others]: readonly string[]): boolean {
  return (
    others.length === 0 &&
    word.length > short.length + 1 &&
    (word.startsWith(short) || (short.length > 3 && new RegExp(`${short}s?$`).test(word)))
  );
}

function sharesPrefix(left: string, right: string): boolean {
  return wordsOf(left)[0] === wordsOf(right)[0];
}

/** The column of a table that another may refer to: its only key column, or one that is unique and has the same name. */
function fitting(parent: Table, column: Column): Target | null {
  const unique = parent.indexes
    .filter((index) => index.unique && index.predicate === null && index.columns.length === 1)
    .map((index) => index.columns[0]);
  const names = parent.key.length === 1 ? [parent.key[0], ...unique] : unique;
  const named =
    names.find((name) => name === column.name) ??
    (parent.key.length === 1 ? parent.key[0] : undefined) ??
    unique.find((name) => name === "id");
  const target = parent.columns.find(({ name }) => name === named);
  return target !== undefined && familyOf(target.baseType) === familyOf(column.baseType)
    ? { parent, column: target.name }
    : null;
}

/** Types that hold each other's values. */
export function familyOf(type: string): string {
  if (/^(smallint|integer|bigint|numeric)$/.test(type)) return "number";
  return /^(text|character varying|character|citext)$/.test(type) ? "text" : type;
}
