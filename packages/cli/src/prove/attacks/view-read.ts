import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack, Place, Reach } from "../attack.ts";
import { isTable, mayShowTenants, type Relation } from "../catalog/catalog.ts";
import { enterTargetWhereNothingShows, observeDifference } from "../observe-difference.ts";

export const viewRead: Attack = {
  name: "view-read",
  title: "Read by view",
  explains:
    "A reads a view, a materialized view (refreshed before) or a foreign table with B's rows there and without. A crossing is a difference.",
  level: "error",
  family: "read",
  plan: (relation, catalog) => {
    if (isTable(relation)) return "It is no view.";
    if (!mayShowTenants(relation, catalog)) return "No table that it is made of holds a tenant's rows.";
    const run = (place: Place): Promise<Reach> => readTwice(place, relation);
    return [{ about: "", run, unguard: enterTargetWhereNothingShows(run) }];
  },
};

async function readTwice(place: Place, relation: Relation): Promise<Reach> {
  const columns = await readable(place, relation);
  const stored = place.catalog.relations.filter(({ kind }) => kind === "materialized view");
  const refresh = stored
    .toSorted((left, right) => Number(left.oid) - Number(right.oid))
    .map(({ sql }) => `refresh materialized view ${sql}`)
    .join(";\n");
  const [difference] = await observeDifference(place, async () => {
    if (refresh !== "") await place.world.session.run(refresh);
    const { rows } = await place.ask(
      `select concat(count(*), ' ', sum(hashtextextended((shown.*)::text, 0))) as mark from (select ${columns} from ${relation.sql}) as shown`,
    );
    return [String(rows[0]?.["mark"])];
  });
  if (difference === "unstable") throw new CannotTell("It shows something else each time.");
  return difference === "differs" ? `What it shows depends on the rows of ${place.target.name}.` : null;
}

/** The columns that the role may read; all where it may read none, which is then refused. */
async function readable({ look, world }: Place, { oid, columns }: Relation): Promise<string> {
  const { rows } = await look(
    `select a.attname as name from pg_catalog.pg_attribute as a where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
       and pg_catalog.has_column_privilege($2::name, a.attrelid, a.attnum, 'SELECT')`,
    [oid, world.session.role],
  );
  const may = new Set(rows.map(({ name }) => name));
  const read = may.size === 0 ? columns : columns.filter(({ name }) => may.has(name));
  return read.map(({ name }) => pg.escapeIdentifier(name)).join(", ");
}
