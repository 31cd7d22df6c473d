import pg from "pg";
import type { Attack, Place } from "../attack.ts";
import { dropTenantReferences } from "../drop-references.ts";
import { onTenantColumns } from "../on-tables.ts";
import { matchRow } from "../rows/match-row.ts";

export const moveToOther: Attack = {
  name: "move-to-other",
  title: "Move away",
  explains: "A says of its own row that it is B's. A crossing is a row that is B's now.",
  level: "error",
  family: "write",
  plan: onTenantColumns((relation, tenantColumn) => ({
    run: async (place) => {
      const own = place.row(place.attacker);
      const moved = {
        ...own,
        key: [...new Set([...own.key, tenantColumn])],
        values: { ...own.values, [tenantColumn]: place.target.organizationId },
      };
      const { where, values } = matchRow(own, 2);
      const { count } = await place.ask(
        `update ${relation.sql} set ${pg.escapeIdentifier(tenantColumn)} = $1 where ${where}`,
        [place.target.organizationId, ...values],
      );
      // A trigger may have put A back.
      const now = matchRow(moved);
      const found = await place.look(`select from ${relation.sql} where ${now.where}`, now.values);
      return count === 0 || found.count === 0 ? null : `A row of A was put among those of ${place.target.name}.`;
    },
    unguard: async (place) => {
      await dropTenantReferences(place);
      await removeTwin(place, place.target);
    },
  })),
};

/** Where a party can have only one such row, the other's makes room: a unique key is no protection of a party that has none. */
export async function removeTwin(place: Place, of: Place["target"]): Promise<void> {
  const { relation, world } = place;
  const [a, b] = [place.row(world.a).values, place.row(world.b).values];
  const collides = relation.uniqueKeys.some(({ columns }) =>
    columns.every((name) => name === relation.tenantColumn || a[name] === b[name]),
  );
  if (!collides) return;
  const { where, values } = matchRow(place.row(of));
  await place.look(`delete from ${relation.sql} where ${where}`, values);
}
