import pg from "pg";
import { CannotTell } from "../doctor/cannot-tell.ts";
import type { Attempt, Place } from "./attack.ts";

export type Difference = "none" | "differs" | "unstable";

/**
 * Whether answers depend on the target's rows: each is asked for twice with them and once without. What differs by itself, as now() and
 * random() do, is unstable. `observe` gives the same number of answers each time, and what it does is taken back.
 */
export async function observeDifference(
  place: Place,
  observe: () => Promise<readonly string[]>,
): Promise<readonly Difference[]> {
  const { session, rows } = place.world;
  // The context has to stand before the savepoints, whose end would take it away.
  await place.ask("select");
  const first = await session.undone(observe);
  const second = await session.undone(observe);
  const without = await session.undone(async () => {
    await rows.removeAll(place.target);
    return observe();
  });
  return first.map((answer, index) => {
    if (answer !== second[index]) return "unstable";
    return answer === without[index] ? "none" : "differs";
  });
}

/**
 * For the control of what keeps to the context by its own words rather than by row security: where nothing of the target shows with the
 * protection away, A goes on in the target's context. It shows that the attempt would notice.
 */
export function enterTargetWhereNothingShows(run: Attempt["run"]): (place: Place) => Promise<void> {
  return async (place) => {
    const { session } = place.world;
    await place.ask("select");
    const shown = await session
      .undone(() => run(place))
      .catch((error: unknown) => {
        if (error instanceof pg.DatabaseError || error instanceof CannotTell) return null;
        throw error;
      });
    if (shown === null) await session.enter(place.target.organizationId);
  };
}
