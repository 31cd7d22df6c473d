import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Attack, Place, Reach } from "../attack.ts";
import { callsOf, type Call } from "../calls-of.ts";
import { mayShowTenants, type Catalog, type DefinerFunction } from "../catalog/catalog.ts";
import { changedBetween, fingerprint } from "../fingerprint.ts";
import { NothingToReach } from "../nothing-to-reach.ts";
import { enterTargetWhereNothingShows, observeDifference } from "../observe-difference.ts";

export const functionCall: Attack = {
  name: "function-call",
  title: "Call as owner",
  explains:
    "A calls a function that acts as its owner, with B's values. A crossing is an answer that depends on B's rows, or a change of them.",
  level: "error",
  family: "read",
  scope: "database",
  plan: (_, catalog) => {
    if (catalog.definerFunctions.length === 0) return "No function that the role may call acts as its owner.";
    return catalog.definerFunctions.map((definer) => {
      const run = (place: Place): Promise<Reach> => call(place, definer);
      return {
        about: definer.signature,
        run,
        unguard: enterTargetWhereNothingShows(run),
        grant: (role) =>
          `grant execute on ${definer.procedure ? "procedure" : "function"} ${definer.signature} to ${role}`,
      };
    });
  },
};

/** What leaves the database, or cannot be taken back. */
const outward = /\b(dblink\w*|http|http_\w+|net\.http_\w+|lo_export|pg_background\w*)\b|\bcopy\b[^;]*\bprogram\b/;

async function call(place: Place, definer: DefinerFunction): Promise<Reach> {
  const found = outward.exec(definer.source);
  if (found !== null) throw new CannotTell(`It is not called, since it reaches out of the database by ${found[0]}.`);
  await place.look("set local statement_timeout = '3s'");
  const calls = callsOf(place, definer);
  const differences = await observeDifference(place, async () => {
    const answers: string[] = [];
    for (const each of calls) answers.push(await answerTo(place, each));
    return answers;
  });
  const telling = differences.indexOf("differs");
  if (telling >= 0)
    return `The answer to ${String(calls[telling]?.words)} depends on the rows of ${place.target.name}.`;
  const written = await whatIsWritten(place, calls);
  if (written !== null) return written;
  if (touchesNothing(definer, place.catalog)) throw new NothingToReach("It reads and writes no tenant's table.");
  if (differences.every((each) => each === "unstable")) throw new CannotTell("It answers something else each time.");
  return null;
}

/** An error is an answer as well: it tells one value from another. */
async function answerTo({ world, attempt }: Place, { text, values }: Call): Promise<string> {
  return world.session.undone(async () => {
    const answer = await attempt(text, values);
    return "sqlstate" in answer ? answer.sqlstate : JSON.stringify(answer.rows);
  });
}

async function whatIsWritten(place: Place, calls: readonly Call[]): Promise<Reach> {
  const before = await fingerprint(place);
  for (const { text, values, words } of calls) {
    const changed = await place.world.session.undone(async () => {
      await place.attempt(text, values);
      return changedBetween(before, await fingerprint(place));
    });
    if (changed.length > 0) return `${words} wrote to rows of ${place.target.name} in ${changed.join(", ")}.`;
  }
  return null;
}

/** Its text and what it calls name nothing that shows tenants' rows, and all of it can be read. */
function touchesNothing({ opaque, names }: DefinerFunction, catalog: Catalog): boolean {
  const named = catalog.relations.filter(({ sql }) => names.includes(sql));
  return !opaque && named.length === names.length && !named.some((each) => mayShowTenants(each, catalog));
}
