import type { Attack } from "../attack.ts";
import { onTables } from "../on-tables.ts";
import { matchRow } from "../rows/match-row.ts";

export const contextAfterRollback: Attack = {
  name: "context-after-rollback",
  title: "Context after a rollback",
  explains:
    "B's context is entered in a savepoint that is rolled back: it must be A's again. A crossing is a row of B.",
  level: "error",
  family: "context",
  plan: onTables(async ({ ask, row, target, world: { session, b } }, relation) => {
    const { where, values } = matchRow(row(target));
    const read = `select from ${relation.sql} where ${where}`;
    await ask("select");
    await session.undone(async () => {
      await session.enter(b.organizationId);
      // Whatever is remembered for a transaction is remembered now.
      await ask(read, values);
    });
    const { count } = await ask(read, values);
    return count === 0 ? null : `${count} row of ${target.name} was read.`;
  }),
};
