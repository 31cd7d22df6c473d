import type { Attack } from "../attack.ts";
import { isTable, type Catalog, type Relation } from "../catalog/catalog.ts";
import { watchRow } from "../rows/watch-row.ts";

export const truncate: Attack = {
  name: "truncate",
  title: "Truncate",
  explains: "A empties the table with TRUNCATE, which asks no policy. A crossing is a row of B that is gone.",
  level: "error",
  family: "write",
  plan: (relation, catalog) =>
    isTable(relation)
      ? [
          {
            about: "",
            run: async (place) => {
              // Postgres refuses it while a deferred check waits.
              await place.look("set constraints all immediate");
              const changeOf = await watchRow(place, place.row(place.target));
              await place.ask(`truncate ${relation.sql} cascade`);
              return changeOf();
            },
            grant: (role) =>
              [...referencing(relation, catalog)].map(({ sql }) => `grant truncate on ${sql} to ${role}`).join(";\n"),
          },
        ]
      : "It is no table.",
};

/** All that points to a table, however far, and the table itself: CASCADE empties them too. */
function referencing(relation: Relation, { relations }: Catalog): ReadonlySet<Relation> {
  const found = new Set([relation]);
  for (const each of found)
    for (const other of relations)
      if (
        isTable(other) &&
        (other.foreignKeys.some(({ target }) => target === each.oid) || other.parents.includes(each.oid))
      )
        found.add(other);
  return found;
}
