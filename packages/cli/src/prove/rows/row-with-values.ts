import type { Place } from "../attack.ts";
import type { MadeRow, Party } from "../world.ts";
import { valuesOfType } from "./values-of-type.ts";

/** A party's row that has values in all of these columns: the one that is there, else one more that is made for it. @throws CannotTell */
export async function rowWithValues(place: Place, party: Party, columns: readonly string[]): Promise<MadeRow> {
  const { relation, rows, row } = place;
  const found = row(party);
  const empty = relation.columns.filter(({ name }) => columns.includes(name) && (found.values[name] ?? null) === null);
  if (empty.length === 0) return found;
  const given = empty.map((column) => [column.name, valuesOfType(column, party.name)[0] ?? null] as const);
  return rows.insert(relation, await rows.compose(relation, party, Object.fromEntries(given)));
}
