import type { Place } from "./attack.ts";
import type { ForeignKey, Relation } from "./catalog/catalog.ts";
import { dropReference } from "./references.ts";

/** Drops foreign keys of or to the relation, as whoever runs the proof. */
export async function dropReferences(place: Place, which: (key: ForeignKey, of: Relation) => boolean): Promise<void> {
  for (const of of place.catalog.relations)
    for (const key of of.foreignKeys) {
      const concerns = of === place.relation || key.target === place.relation.oid;
      if (concerns && which(key, of)) await dropReference(place, of, key);
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
