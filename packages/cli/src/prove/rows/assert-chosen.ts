import pg from "pg";
import type { Place } from "../attack.ts";
import { NothingToReach } from "../nothing-to-reach.ts";
import { insertStatement } from "./insert-statement.ts";
import { columnsAsText } from "./store-row.ts";

/**
 * Whoever inserts a row must be the one who chooses what is in these columns: where a trigger does, nobody collides with a row of their choice.
 *
 * @throws NothingToReach where the database puts something else there, CannotTell
 */
export async function assertChosen(place: Place, columns: readonly string[]): Promise<void> {
  const { relation, rows, attacker, world, look } = place;
  const own = place.row(attacker).values;
  const wanted = Object.fromEntries(columns.map((name) => [name, own[name] ?? null]));
  const { text, values } = insertStatement(relation, await rows.compose(relation, attacker, wanted));
  // A trigger may need the context.
  await place.ask("select");
  const stored = await world.session.undone(async () => {
    try {
      return (await look(`${text} returning ${columnsAsText(relation)}`, values)).rows[0];
    } catch (error) {
      // It collides with the row that is there, as it should, or is refused for what the attempt will meet as well.
      if (error instanceof pg.DatabaseError) return undefined;
      throw error;
    }
  });
  const other = columns.find((name) => stored !== undefined && stored[name] !== wanted[name]);
  if (other !== undefined) throw new NothingToReach(`The database itself chooses what is in ${other}.`);
}
