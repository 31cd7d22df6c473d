import fc from "fast-check";
import { CamelCasePlugin, sql, type Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openUnscoped } from "../../src/database/open-unscoped.ts";
import type { Pool } from "../../src/database/pool.ts";
import { openScopedKysely } from "../../src/database/scoped-kysely.ts";
import { noContext } from "../../src/database/context.ts";
import { isRowhouseError } from "../../src/index.ts";
import { ScopeCompiler } from "../../src/tenant/scope-compiler.ts";
import { TableScopes } from "../../src/tenant/table-scopes.ts";
import { buildSelect, buildWrite, selectPlans, writePlans } from "../fixture/random-query.ts";
import { openFixture, tables, type Fixture, type FixtureDatabase } from "../fixture/test-tenancy.ts";
import { openPool } from "../fixture/two-organizations.ts";

/**
 * The reference is a database that holds one organization alone, asked without any scope. On the other, with two
 * organizations and row security dropped, the scope alone must make the same statement give and do the same.
 */
const mine = "0190a000-0000-7000-8000-00000000000a";
const theirs = "0190a000-0000-7000-8000-00000000000b";
let shared: Fixture;
let alone: Fixture;
let pools: Pool[];
let scoped: Kysely<FixtureDatabase>;
let reference: Kysely<FixtureDatabase>;

beforeAll(async () => {
  [shared, alone] = await Promise.all([openFixture(), openFixture()]);
  await dropProtection(shared);
  await dropProtection(alone);
  await furnish(shared, mine);
  await furnish(shared, theirs);
  await furnish(alone, mine);
  await alone.admin.query(`alter table projects alter organization_id set default '${mine}', add unique (name)`);
  await alone.admin.query(`alter table tasks alter organization_id set default '${mine}'`);
  const sharedPool = openPool(shared.runtimeUrl);
  const alonePool = openPool(alone.runtimeUrl);
  pools = [sharedPool, alonePool];
  const compiler = new ScopeCompiler(new TableScopes(tables), mine);
  const binding = { context: noContext, assertOpen: () => undefined };
  scoped = openScopedKysely<FixtureDatabase>({ pool: sharedPool, binding, compiler }).withPlugin(new CamelCasePlugin());
  reference = openUnscoped<FixtureDatabase>(alonePool, noContext);
});

afterAll(async () => {
  for (const pool of pools) await pool.close();
  await shared[Symbol.asyncDispose]();
  await alone[Symbol.asyncDispose]();
});

async function dropProtection({ admin }: Fixture): Promise<void> {
  await admin.query("alter table projects disable row level security, drop constraint projects_organization_id_fkey");
  await admin.query(
    "alter table tasks disable row level security, drop constraint tasks_organization_id_project_id_fkey",
  );
}

async function furnish({ admin }: Fixture, organization: string): Promise<void> {
  const own = organization === mine ? "mine" : "theirs";
  for (const [index, name] of ["alpha", "beta", `${own} extra`].entries()) {
    // The same ids and names in both, so that nothing but the organization tells rows apart.
    const id = `0190a000-0000-7000-8000-0000000001${index}0`;
    await admin.query("insert into projects (organization_id, id, name) values ($1, $2, $3)", [organization, id, name]);
    for (const title of ["alpha", `${own} task`]) {
      await admin.query("insert into tasks (organization_id, project_id, title) values ($1, $2, $3)", [
        organization,
        id,
        title,
      ]);
    }
  }
}

const outcomeOf = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    return await work();
  } catch (error) {
    if (isRowhouseError(error) && error.sqlstate !== undefined) return { refused: error.sqlstate };
    throw error;
  }
};

async function valuesOf(db: Kysely<FixtureDatabase>, plan: Parameters<typeof buildSelect>[1]): Promise<unknown> {
  return outcomeOf(async () => {
    const rows = await buildSelect(db, plan).execute();
    return rows.map(({ value }) => value).sort();
  });
}

async function rowsOf(db: Kysely<FixtureDatabase>, organization: string): Promise<unknown> {
  const { rows } = await sql`
    select 'project' as kind, name from projects where organization_id = ${organization}
    union all select 'task', title from tasks where organization_id = ${organization} order by 1, 2`.execute(db);
  return rows;
}

/** What a write leaves behind, undone again. */
async function effectOf(
  db: Kysely<FixtureDatabase>,
  plan: Parameters<typeof buildWrite>[1],
): Promise<{ mine: unknown; theirs: unknown }> {
  let effect: { mine: unknown; theirs: unknown } = { mine: undefined, theirs: undefined };
  const undo = new Error("undo");
  const work = db.transaction().execute(async (transaction) => {
    await sql`savepoint before`.execute(transaction);
    const refused = await outcomeOf(async () => void (await buildWrite(transaction, plan).execute()));
    if (refused !== undefined) await sql`rollback to savepoint before`.execute(transaction);
    effect = { mine: refused ?? (await rowsOf(transaction, mine)), theirs: await rowsOf(transaction, theirs) };
    throw undo;
  });
  await work.catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return effect;
}

describe("with row security dropped, the application's scope alone", () => {
  it("makes any select give what it gives where no other organization exists", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(selectPlans, async (plan) => {
        const [got, expected] = [await valuesOf(scoped, plan), await valuesOf(reference, plan)];
        expect(got).toEqual(expected);
        // Both refused compares nothing: such a run is made up for by another.
        fc.pre(Array.isArray(got));
      }),
      { numRuns: 100 },
    );
  });

  it(
    "makes any write do what it does where no other organization exists, and nothing to the other",
    { timeout: 60_000 },
    async () => {
      const before = await rowsOf(scoped, theirs);
      await fc.assert(
        fc.asyncProperty(writePlans, async (plan) => {
          const [got, expected] = [await effectOf(scoped, plan), await effectOf(reference, plan)];
          expect(got.mine).toEqual(expected.mine);
          expect(got.theirs).toEqual(before);
          fc.pre(Array.isArray(got.mine));
        }),
        { numRuns: 60 },
      );
    },
  );

  it("is what does it: without it the same selects show the other organization", async () => {
    const unscoped = openUnscoped<FixtureDatabase>(pools[0] ?? openPool(shared.runtimeUrl), noContext);
    const plan = { table: "projects", joins: [], conditions: [], wrap: "none", set: "none", other: undefined } as const;
    expect(await valuesOf(unscoped, plan)).toContain("theirs extra");
    expect(await valuesOf(scoped, plan)).toEqual(["alpha", "beta", "mine extra"]);
  });
});
