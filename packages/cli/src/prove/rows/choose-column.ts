import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Place } from "../attack.ts";
import type { Column, Relation } from "../catalog/catalog.ts";

/** Columns that an UPDATE may name, those first whose value no constraint ties to other rows. */
export function writableColumns({ columns, uniqueKeys, foreignKeys, tenantColumn }: Relation): readonly Column[] {
  const tied = ({ name }: Column): number =>
    (uniqueKeys.some((key) => key.columns.length === 1 && key.columns[0] === name) ? 8 : 0) +
    (name === tenantColumn ? 4 : 0) +
    (uniqueKeys.some((key) => key.columns.includes(name)) ? 2 : 0) +
    (foreignKeys.some((key) => key.columns.includes(name)) ? 1 : 0);
  return columns.filter(({ generated }) => !generated).toSorted((left, right) => tied(left) - tied(right));
}

/** The one to write to: if possible one that the role may, for a privilege that is missing hides what policies let through. */
export async function chooseColumn(place: Place, among: readonly Column[]): Promise<Column> {
  const { rows } = await place.look(
    `select attname as name from pg_catalog.pg_attribute
     where attrelid = $1::oid and attnum > 0 and not attisdropped
       and pg_catalog.has_column_privilege($2::name, attrelid, attnum, 'UPDATE')`,
    [place.relation.oid, place.world.session.role],
  );
  const granted = new Set(rows.map(({ name }) => name));
  const found = among.find(({ name }) => granted.has(name)) ?? among[0];
  if (found === undefined) throw new CannotTell(`${place.relation.sql} has no column that may be written.`);
  return found;
}
