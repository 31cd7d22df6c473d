import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack, Attempt, Place, Reach } from "../attack.ts";
import type { Relation } from "../catalog/catalog.ts";
import { dropReference, pointTo, references, rowToPointTo, type Reference } from "../references.ts";
import { insertStatement } from "../rows/insert-statement.ts";
import { matchRow } from "../rows/match-row.ts";
import type { Value } from "../session.ts";
import type { MadeRow, Values } from "../world.ts";

export const foreignKeyReference: Attack = {
  name: "foreign-key-reference",
  title: "Reference",
  explains:
    "A inserts or updates a row of its own so that a foreign key points to B's row. A crossing is a row that was accepted.",
  level: "error",
  family: "write",
  plan: (relation, catalog) => {
    const found = references(relation, catalog);
    if (typeof found === "string") return found;
    const update = { verb: "update", point: updatePointing };
    // Anybody may make an organization; it is neither A's nor B's.
    const ways = relation === catalog.organizations ? [update] : [{ verb: "insert", point: insertPointing }, update];
    return found.flatMap((reference) => ways.map((way) => attempt(relation, reference, way)));
  },
};

interface Way {
  readonly verb: string;
  readonly point: (place: Place, relation: Relation, reference: Reference) => Promise<number>;
}

function attempt(relation: Relation, reference: Reference, { verb, point }: Way): Attempt {
  return {
    about: `${reference.foreignKey.name} by ${verb}`,
    run: async (place): Promise<Reach> => {
      const count = await point(place, relation, reference);
      // A constraint that is checked at the end has let it pass until here.
      await place.look("set constraints all immediate");
      return count === 0 ? null : `A row of ${place.attacker.name} points to one of ${place.target.name}.`;
    },
    unguard: (place) => dropReference(place, relation, reference.foreignKey),
  };
}

async function insertPointing(place: Place, relation: Relation, reference: Reference): Promise<number> {
  const parent = await rowToPointTo(place, reference, place.target);
  const row = await place.rows.compose(relation, place.attacker, pointTo(reference, parent));
  const { text, values } = insertStatement(relation, row);
  return (await place.ask(text, values)).count;
}

async function updatePointing(place: Place, relation: Relation, reference: Reference): Promise<number> {
  const fixed = relation.columns.find(
    ({ name, generated }) => generated && reference.pairs.some(([column]) => column === name),
  );
  if (fixed !== undefined) throw new CannotTell(`${fixed.name} is generated and cannot be updated.`);
  const pointing = pointTo(reference, await rowToPointTo(place, reference, place.target));
  const narrow = await place.attempt(...updateOf(place.row(place.attacker), pointing));
  if (!("sqlstate" in narrow)) return narrow.count;
  if (narrow.sqlstate !== "23514") return (await place.ask(...updateOf(place.row(place.attacker), pointing))).count;
  // A check wants other columns changed with it.
  const { key } = place.row(place.attacker);
  const whole = await place.rows.compose(relation, place.attacker, pointing);
  const others = Object.entries(whole).filter(([name]) => !key.includes(name) && name !== relation.tenantColumn);
  return (await place.ask(...updateOf(place.row(place.attacker), Object.fromEntries(others)))).count;
}

function updateOf(row: MadeRow, changes: Values): [string, readonly Value[]] {
  const names = Object.keys(changes);
  const set = names.map((name, index) => `${pg.escapeIdentifier(name)} = $${index + 1}`).join(", ");
  const { where, values } = matchRow(row, names.length + 1);
  return [`update ${row.relation.sql} set ${set} where ${where}`, [...Object.values(changes), ...values]];
}
