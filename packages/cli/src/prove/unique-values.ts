import type { Level } from "../doctor/check-page.ts";
import type { Attempt, Place } from "./attack.ts";
import { isTable, type Catalog, type Relation, type UniqueKey } from "./catalog/catalog.ts";
import { makeUniqueForControl } from "./make-unique-for-control.ts";
import { assertChosen } from "./rows/assert-chosen.ts";
import { insertStatement } from "./rows/insert-statement.ts";
import { rowWithValues } from "./rows/row-with-values.ts";
import type { Value } from "./session.ts";

/** An INSERT of A's own row with the target's values in a unique key. */
export interface SameValues {
  readonly text: string;
  readonly values: readonly Value[];
}

const information: { readonly level: Level } = { level: "info" };

/** One attempt for each unique key of a table, or why there is none. */
export function planUniqueKeys(
  { relation, catalog }: { relation: Relation; catalog: Catalog },
  run: (place: Place, insert: SameValues) => ReturnType<Attempt["run"]>,
): readonly Attempt[] | string {
  if (!isTable(relation)) return "It is no table.";
  const keys = relation.uniqueKeys
    .map((key) => ({ key, others: key.columns.filter((name) => name !== relation.tenantColumn) }))
    .filter(({ key, others }) => !key.partial && others.length > 0);
  // Where fewer columns are unique already, a collision is theirs.
  const telling = keys.filter(
    ({ key, others }) =>
      !keys.some(
        ({ key: { columns } }) => columns.length < key.columns.length && columns.every((name) => others.includes(name)),
      ),
  );
  if (telling.length === 0) return "No unique key of whole columns has one beside the tenant.";
  return telling.map(({ key, others }) => ({
    about: key.name,
    ...(isUnguessable(key, relation, catalog) || isCounted(key, relation) ? information : {}),
    run: async (place) => {
      await place.look("set constraints all immediate");
      await assertChosen(place, key.columns);
      const { values } = await rowWithValues(place, place.target, others);
      const same = Object.fromEntries(others.map((name) => [name, values[name] ?? null]));
      const row = await place.rows.compose(relation, place.attacker, same);
      return run(place, insertStatement(relation, row));
    },
    unguard: (place) => makeUnique(place, relation, { key, others }),
  }));
}

async function makeUnique(
  place: Place,
  relation: Relation,
  { key, others }: { key: UniqueKey; others: readonly string[] },
): Promise<void> {
  const { tenantColumn } = relation;
  if (tenantColumn === null || !key.columns.includes(tenantColumn)) return;
  await makeUniqueForControl(place, relation, others);
}

/** As check RH0504 judges it; and digests and tokens, which are as random as a uuid. */
function isUnguessable({ columns, primary }: UniqueKey, relation: Relation, catalog: Catalog): boolean {
  const tenants = new Set(catalog.tenantTables);
  return columns.some((name) => {
    const column = relation.columns.find((each) => each.name === name);
    if (column === undefined || name === relation.tenantColumn) return false;
    if (column.baseType === "bytea") return true;
    if (column.category === "S") return /(token|hash|digest|secret)$/i.test(name);
    if (column.baseType !== "uuid") return false;
    if (columns.length === 1 && (primary || column.hasDefault)) return true;
    return relation.foreignKeys.some((reference) => {
      const parent = catalog.byOid.get(reference.target);
      const carried = reference.columns.indexOf(relation.tenantColumn ?? "");
      return (
        reference.columns.includes(name) &&
        parent !== undefined &&
        tenants.has(parent) &&
        carried >= 0 &&
        reference.targetColumns[carried] === parent.tenantColumn
      );
    });
  });
}

/** A primary key that the database counts for all tenants together. */
function isCounted({ columns, primary }: UniqueKey, relation: Relation): boolean {
  const [only] = relation.columns.filter(({ name }) => columns.includes(name));
  return primary && columns.length === 1 && only?.category === "N" && only.hasDefault;
}
