import type { Attack } from "../attack.ts";
import { loosenReference, pointTo, references, rowToPointTo } from "../references.ts";
import { insertStatement } from "../rows/insert-statement.ts";
import { matchRow } from "../rows/match-row.ts";
import { watchRow } from "../rows/watch-row.ts";

export const cascade: Attack = {
  name: "cascade",
  title: "Cascade",
  explains:
    "B's row is hung on A's by a foreign key, and A deletes its own. A crossing is B's row gone or changed with it.",
  level: "error",
  family: "write",
  plan: (relation, catalog) => {
    const found = references(relation, catalog);
    if (typeof found === "string") return found;
    const passing = found.filter(({ foreignKey }) => ["c", "n", "d"].includes(foreignKey.onDelete));
    if (passing.length === 0) return "No foreign key of it does anything when what it points to is deleted.";
    return passing.map((reference) => ({
      about: reference.foreignKey.name,
      run: async (place) => {
        await place.look("set constraints all immediate");
        const parent = await rowToPointTo(place, reference, place.attacker);
        const composed = await place.rows.compose(relation, place.target, pointTo(reference, parent));
        const { text, values } = insertStatement(relation, composed);
        // Past row security and not by rows.insert: what refuses it is an answer.
        const { rows } = await place.look(`${text} returning tableoid::text, ctid::text`, values);
        const child = { relation, values: { ...rows[0] } as Record<string, string>, key: ["tableoid", "ctid"] };
        const changeOf = await watchRow(place, child);
        const own = matchRow(parent);
        await place.ask(`delete from ${reference.parent.sql} where ${own.where}`, own.values);
        return (await changeOf()) === null ? null : `The row of ${place.target.name} is gone or changed.`;
      },
      unguard: (place) => loosenReference(place, relation, reference),
      grant: (role) => `grant select, delete on ${reference.parent.sql} to ${role}`,
    }));
  },
};
