import pg from "pg";
import type { Attack, Place } from "./attack.ts";
import { attemptInSavepoint } from "./attempt-in-savepoint.ts";
import type { Relation } from "./catalog/catalog.ts";
import type { Answer, Value } from "./session.ts";
import type { Party, World } from "./world.ts";

/** Where one attempt is made, in A's context but for an attack that is about having none. */
export function openPlace(
  world: World,
  { relation, target, attack }: { relation: Relation; target: Party; attack: Attack },
): Place {
  const { session } = world;
  let entered = attack.beforeContext === true;
  const enter = async (): Promise<void> => {
    if (!entered) await session.enter(world.a.organizationId);
    entered = true;
  };
  const ask = async (text: string, values: readonly Value[] = []): Promise<Answer> => {
    await enter();
    return session.asRole(() => session.query(text, values));
  };
  return {
    world,
    catalog: world.catalog,
    rows: world.rows,
    relation,
    attacker: world.a,
    target,
    ask,
    attempt: async (text, values) => {
      // Before the savepoint, whose end would take the context away again.
      await enter();
      const answer = await attemptInSavepoint(session, () => ask(text, values));
      return answer instanceof pg.DatabaseError ? { sqlstate: answer.code ?? "", message: answer.message } : answer;
    },
    look: (text, values) => session.query(text, values),
    row: (party, of = relation) => world.row(party, of),
  };
}
