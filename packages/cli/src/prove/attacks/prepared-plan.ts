import pg from "pg";
import type { Attack, Attempt, Place } from "../attack.ts";
import { isTable } from "../catalog/catalog.ts";
import { matchRow } from "../rows/match-row.ts";

export const preparedPlan: Attack = {
  name: "prepared-plan",
  title: "Prepared plan",
  explains:
    "A statement is prepared and planned in B's context, or by an administrator, and executed in A's. A crossing is a row of B.",
  level: "error",
  family: "context",
  plan: (relation) =>
    isTable(relation)
      ? [
          attempt("in B's context", async ({ ask, world: { session, b } }, statements) => {
            await ask("select");
            await session.enter(b.organizationId);
            for (const each of statements) await ask(each);
          }),
          attempt("by an administrator", async ({ look }, statements) => {
            for (const each of statements) await look(each);
          }),
        ]
      : "It is no table.",
};

function attempt(about: string, prepare: (place: Place, statements: readonly string[]) => Promise<void>): Attempt {
  return {
    about,
    run: async (place) => {
      const { relation, row, target, attacker, world, ask, look } = place;
      const { where, values } = matchRow(row(target));
      const literals = values.map((value) => pg.escapeLiteral(value ?? "")).join(", ");
      const execute = `execute rowhouse_prove (${literals})`;
      // A rollback forgets no statement: one of an attempt before may be there.
      await look("deallocate all");
      // Without it the sixth execution would be the first that keeps its plan.
      await look("set local plan_cache_mode = force_generic_plan");
      await prepare(place, [`prepare rowhouse_prove as select from ${relation.sql} where ${where}`, execute]);
      await world.session.enter(attacker.organizationId);
      const { count } = await ask(execute);
      await look("deallocate all");
      return count === 0 ? null : `${count} row of ${target.name} was read.`;
    },
  };
}
