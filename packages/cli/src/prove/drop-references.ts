import pg from "pg";
import type { Place } from "./attack.ts";
import type { ForeignKey, Relation } from "./catalog/catalog.ts";

/** Drops foreign keys of or to the relation, as whoever runs the proof. */
export async function dropReferences(
  { relation, catalog, world }: Place,
  which: (key: ForeignKey, of: Relation) => boolean,
): Promise<void> {
  await world.session.run("set constraints all immediate");
  for (const of of catalog.relations)
    for (const key of of.foreignKeys) {
      const concerns = of === relation || key.target === relation.oid;
      // What a partition has from its whole goes with that.
      if (concerns && which(key, of))
        await world.session.run(
          `alter table if exists ${of.sql} drop constraint if exists ${pg.escapeIdentifier(key.name)} cascade`,
        );
    }
}

/** Lets the relation's rows be deleted though others point to them: that children are there protects no row that has none. */
export async function freeOfChildren(place: Place): Promise<void> {
  const { relation } = place;
  const blocks = ({ target, onDelete }: ForeignKey): boolean =>
    target === relation.oid && (onDelete === "a" || onDelete === "r");
  if (place.catalog.relations.some(({ foreignKeys }) => foreignKeys.some(blocks))) await dropReferences(place, blocks);
}

/** Lets rows of the relation change hands: no reference ties their tenant column to other rows. */
export async function dropTenantReferences(place: Place): Promise<void> {
  const { relation } = place;
  const { tenantColumn } = relation;
  if (tenantColumn === null) return;
  await dropReferences(
    place,
    (key, of) =>
      (of === relation && key.columns.includes(tenantColumn)) ||
      (key.target === relation.oid && key.targetColumns.includes(tenantColumn)),
  );
}
