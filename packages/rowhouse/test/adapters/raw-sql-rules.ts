import { expect } from "vitest";
import { refused } from "../fixture/refused.ts";
import { asMember } from "../fixture/two-organizations.ts";
import type { Rule } from "./conformance.ts";

const undo = new Error("undone");

/** What holds for SQL by hand in every contestant. */
export const rawSqlRules: Readonly<Record<string, Rule>> = {
  "a table that no setting names gives raw SQL nothing": async ({ world }, inAcme) => {
    await world.fixture.admin.query("create table if not exists strays as select 'a stray' as name");
    await refused(
      inAcme((db) => db.raw("select name from strays")),
      "ROW_SECURITY",
    );
  },

  "COMMIT by raw SQL cannot end the tenant's transaction": async ({ contestant }, inAcme) => {
    const work = inAcme((_, tenant) =>
      tenant.transaction(async (within) => {
        const db = contestant.open(within);
        await refused(db.raw("commit"), contestant.commitsByText ? "NO_TRANSACTION" : "UNSCOPABLE_STATEMENT");
        await db.create("astray").catch(() => undefined);
        throw undo;
      }),
    );
    await expect(work).rejects.toBe(undo);
    expect(await inAcme((db) => db.names())).toEqual(["acme secret"]);
  },

  "COMMIT and ROLLBACK by raw SQL let nothing run beside the ORM's transaction": async ({ contestant }, inAcme) => {
    if (contestant.commitsByText) return;
    for (const end of ["/* early */ Commit;", "rollback"]) {
      const work = inAcme((db) =>
        db.transaction(async (inner) => {
          await refused(inner.raw(end), "UNSCOPABLE_STATEMENT");
          await inner.create("astray").catch(() => undefined);
          throw undo;
        }),
      );
      await expect(work).rejects.toBe(undo);
    }
    expect(await inAcme((db) => db.names())).toEqual(["acme secret"]);
  },

  "a context that raw SQL leaves on a session reaches nobody else": async ({ world, tenancy, contestant }, inAcme) => {
    await inAcme((db) => db.raw(`select set_config('rowhouse.organization_id', '${world.acme.id}', false)`));
    const look = (): Promise<string[]> =>
      tenancy.enter(asMember(world.globex), (tenant) => contestant.open(tenant).names());
    expect(await Promise.all([look(), look(), look(), look(), look()])).toEqual(Array(5).fill(["globex secret"]));
  },
};
