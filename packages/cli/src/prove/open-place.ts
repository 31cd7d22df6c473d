import pg from "pg";
import type { Attack, Place, Refusal } from "./attack.ts";
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
      return answerOrRefusal(world, () => ask(text, values));
    },
    look: (text, values) => session.query(text, values),
    row: (party, of = relation) => world.row(party, of),
  };
}

async function answerOrRefusal({ session }: World, work: () => Promise<Answer>): Promise<Answer | Refusal> {
  await session.run("savepoint attempt");
  try {
    const answer = await work();
    await session.run("release savepoint attempt");
    return answer;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    await session.run("rollback to savepoint attempt; release savepoint attempt");
    return { sqlstate: error.code ?? "", message: error.message };
  }
}
