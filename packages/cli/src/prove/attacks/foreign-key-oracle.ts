import pg from "pg";
import type { Attack, Place, Reach } from "../attack.ts";
import type { Relation } from "../catalog/catalog.ts";
import { loosenReference, pointTo, references, rowToPointTo, type Reference } from "../references.ts";
import { insertStatement } from "../rows/insert-statement.ts";
import type { Values } from "../world.ts";

export const foreignKeyOracle: Attack = {
  name: "foreign-key-oracle",
  title: "Foreign key tells",
  explains:
    "A inserts a row of its own that points to a row of B, and one that points to nothing. A crossing is an answer that differs.",
  level: "warn",
  family: "learn",
  plan: (relation, catalog) => {
    const found = references(relation, catalog);
    if (typeof found === "string") return found;
    if (relation === catalog.organizations) return "Anybody may make an organization; it is neither A's nor B's.";
    return found.map((reference) => ({
      about: reference.foreignKey.name,
      run: (place) => compareAnswers(place, relation, reference),
      unguard: (place) => loosenReference(place, relation, reference),
    }));
  },
};

async function compareAnswers(place: Place, relation: Relation, reference: Reference): Promise<Reach> {
  await place.look("set constraints all immediate");
  const nothing = await whatIsNotThere(place, reference);
  const there = pointTo(reference, await rowToPointTo(place, reference, place.target));
  const statement = async (given: Values): Promise<[string, Parameters<Place["ask"]>[1]]> => {
    const { text, values } = insertStatement(relation, await place.rows.compose(relation, place.attacker, given));
    return [text, values];
  };
  const missing = await place.attempt(...(await statement(nothing)));
  const forMissing = "sqlstate" in missing ? missing.sqlstate : "accepted";
  try {
    await place.ask(...(await statement(there)));
  } catch (error) {
    // Refused alike: what refused it is what holds.
    if (!(error instanceof pg.DatabaseError) || error.code === forMissing) throw error;
    return tells(place, error.code ?? "", forMissing);
  }
  return forMissing === "accepted" ? null : tells(place, "accepted", forMissing);
}

function tells({ target }: Place, there: string, missing: string): Reach {
  return `A row of ${target.name} is answered with ${there}, one that is not there with ${missing}.`;
}

/** What a row of the target would have had. */
async function whatIsNotThere(place: Place, reference: Reference): Promise<Values> {
  const { session } = place.world;
  return session.undone(async () => {
    const { rows, target } = place;
    return pointTo(reference, await rows.insert(reference.parent, await rows.compose(reference.parent, target)));
  });
}
