import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack, Place, Reach } from "../attack.ts";
import type { Relation } from "../catalog/catalog.ts";
import { changedBetween, fingerprint } from "../fingerprint.ts";
import { enterTargetWhereNothingShows } from "../observe-difference.ts";
import { insertStatement } from "../rows/insert-statement.ts";
import type { Answer } from "../session.ts";

type Write = (place: Place, relation: Relation) => Promise<Answer>;

export const viewWrite: Attack = {
  name: "view-write",
  title: "Write by view",
  explains:
    "A updates and deletes all that a view lets through, and inserts a row of B. A crossing is a change of B's rows.",
  level: "error",
  family: "write",
  plan: (relation) => {
    if (relation.kind !== "view") return "It is no view.";
    if (relation.writes.length === 0) return "Nothing can be written by it.";
    return relation.writes.map((verb) => {
      const run = async (place: Place): Promise<Reach> => {
        const before = await fingerprint(place);
        await writes[verb](place, relation);
        const changed = changedBetween(before, await fingerprint(place));
        return changed.length === 0 ? null : `Rows of ${place.target.name} in ${changed.join(", ")} were written.`;
      };
      return { about: verb, run, unguard: enterTargetWhereNothingShows(run) };
    });
  },
};

const writes: Readonly<Record<Relation["writes"][number], Write>> = {
  delete: ({ ask }, { sql }) => ask(`delete from ${sql}`),
  update: async (place, relation) => {
    const columns = await updatable(place, relation);
    const last = columns.pop();
    if (last === undefined) throw new CannotTell("None of its columns can be updated.");
    // Which of them may be written depends on what is below.
    for (const name of columns) {
      const answer = await place.attempt(`update ${relation.sql} set ${name} = ${name}`);
      if (!("sqlstate" in answer)) return answer;
    }
    return place.ask(`update ${relation.sql} set ${last} = ${last}`);
  },
  insert: async (place, relation) => {
    const base = baseOf(place, relation);
    const composed = await place.rows.compose(base, place.target);
    const shown = new Set(relation.columns.map(({ name }) => name));
    const row = Object.fromEntries(Object.entries(composed).filter(([name]) => shown.has(name)));
    const { text, values } = insertStatement(relation, row);
    return place.ask(text, values);
  },
};

async function updatable({ look, world }: Place, { oid }: Relation): Promise<string[]> {
  const { rows } = await look(
    `select a.attname as name from pg_catalog.pg_attribute as a
     where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
       and pg_catalog.pg_column_is_updatable(a.attrelid, a.attnum, true)
     order by pg_catalog.has_column_privilege($2::name, a.attrelid, a.attnum, 'UPDATE') desc, a.attnum desc`,
    [oid, world.session.role],
  );
  return rows.map(({ name }) => pg.escapeIdentifier(String(name)));
}

/** The tenants' table that the view is made from. */
function baseOf({ catalog }: Place, view: Relation): Relation {
  const base = catalog.tenantTables.find(({ oid }) => view.shows.includes(oid));
  if (base === undefined) throw new CannotTell("It shows no tenant's table directly.");
  return base;
}
