import { startWireProxy } from "@rowhouse/local-postgres";
import { sql, type Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noBinding, noContext } from "../src/database/context.ts";
import { openUnscoped } from "../src/database/open-unscoped.ts";
import type { Pool } from "../src/database/pool.ts";
import { isRowhouseError } from "../src/index.ts";
import { asMember, openPool, openTwoOrganizations, type TwoOrganizations } from "./fixture/two-organizations.ts";
import type { FixtureDatabase } from "./fixture/test-tenancy.ts";

let world: TwoOrganizations;
let pool: Pool;
let unscopedAcme: Kysely<FixtureDatabase>;

beforeAll(async () => {
  world = await openTwoOrganizations();
  pool = openPool(world.fixture.runtimeUrl);
  unscopedAcme = openUnscoped<FixtureDatabase>(pool, { organizationId: world.acme.id, userId: world.acme.ownerId });
});

afterAll(async () => {
  await pool.close();
  await world[Symbol.asyncDispose]();
});

async function projectNames(): Promise<string[]> {
  const { rows } = await world.fixture.admin.query<{ name: string }>("select name from projects order by name");
  return rows.map(({ name }) => name);
}

describe("Promise 1: without a tenant there are no rows", () => {
  it("Promise 1: a statement without a context sees none", async () => {
    const db = openUnscoped<FixtureDatabase>(pool, noContext);
    expect(await db.selectFrom("projects").selectAll().execute()).toEqual([]);
    expect(await db.updateTable("projects").set({ name: "gone" }).execute()).toMatchObject([{ numUpdatedRows: 0n }]);
    expect(await db.deleteFrom("projects").execute()).toMatchObject([{ numDeletedRows: 0n }]);
  });

  it("Promise 1: a plain connection of the runtime role sees none", async () => {
    const connection = await pool.acquire();
    const { rows } = await connection.run({ text: "select * from projects", values: [] }, noBinding);
    connection.release();
    expect(rows).toEqual([]);
  });

  it("Promise 1: an insert without a context is refused", async () => {
    const db = openUnscoped<FixtureDatabase>(pool, noContext);
    const insert = db.insertInto("projects").values({ organizationId: world.acme.id, name: "stray" }).execute();
    await expect(insert).rejects.toMatchObject({ code: "ROW_SECURITY" });
  });
});

describe("Promise 2: the database enforces it, with the application's scope removed", () => {
  it("Promise 2: a select shows no foreign row", async () => {
    expect(await unscopedAcme.selectFrom("projects").select("name").execute()).toEqual([{ name: "acme secret" }]);
  });

  it("Promise 2: an update changes no foreign row", async () => {
    const before = await projectNames();
    await unscopedAcme
      .updateTable("projects")
      .set({ name: "taken" })
      .where("organizationId", "=", world.globex.id)
      .execute();
    await unscopedAcme.updateTable("projects").set({ name: "taken" }).where("name", "=", "globex secret").execute();
    expect(await projectNames()).toEqual(before);
  });

  it("Promise 2: a delete removes no foreign row", async () => {
    const before = await projectNames();
    await unscopedAcme.deleteFrom("projects").where("organizationId", "=", world.globex.id).execute();
    expect(await projectNames()).toEqual(before);
  });

  it("Promise 2: an insert for another organization is refused", async () => {
    const insert = unscopedAcme
      .insertInto("projects")
      .values({ organizationId: world.globex.id, name: "planted" })
      .execute();
    await expect(insert).rejects.toMatchObject({ code: "ROW_SECURITY", sqlstate: "42501" });
  });

  it("Promise 2: a row cannot be moved to another organization", async () => {
    const move = unscopedAcme.updateTable("projects").set({ organizationId: world.globex.id }).execute();
    await expect(move).rejects.toMatchObject({ code: "ROW_SECURITY" });
  });
});

describe("Promise 4: rows cannot point across tenants", () => {
  it("Promise 4: a task cannot belong to another organization's project", async () => {
    const insert = world.inAcme(({ db }) =>
      db.insertInto("tasks").values({ projectId: world.globex.projectId, title: "across" }).execute(),
    );
    await expect(insert).rejects.toMatchObject({ code: "MISSING_REFERENCE" });
  });

  it("Promise 4: two organizations may use the same unique value", async () => {
    for (const enter of [world.inAcme, world.inGlobex]) {
      await enter(({ db }) => db.insertInto("projects").values({ name: "same name" }).execute());
      await enter(({ db }) => db.deleteFrom("projects").where("name", "=", "same name").execute());
    }
  });

  it("Promise 4: a fresh id equal to another organization's row id makes no conflict that could be noticed", async () => {
    await world.inAcme(async (tenant) => {
      await tenant.db.insertInto("projects").values({ id: world.globex.projectId, name: "twin" }).execute();
      await tenant.db.deleteFrom("projects").where("name", "=", "twin").execute();
    });
    expect(await projectNames()).toContain("globex secret");
  });
});

describe("Promise 5: membership is read on every request", () => {
  it("Promise 5: a removed member is refused by the very next enter", async () => {
    const user = "0190a000-0000-7000-8000-000000000001";
    const { admin } = world.fixture;
    await admin.query("insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'member')", [
      world.acme.id,
      user,
    ]);
    const enter = () => world.tenancy.enter({ organization: "acme", user }, async ({ role }) => role);
    expect(await enter()).toBe("member");
    await admin.query("delete from rowhouse.memberships where user_id = $1", [user]);
    await expect(enter()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("Promise 5: a demoted member has the new role in the very next enter", async () => {
    const user = "0190a000-0000-7000-8000-000000000002";
    const { admin } = world.fixture;
    await admin.query("insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'admin')", [
      world.acme.id,
      user,
    ]);
    const may = () =>
      world.tenancy.enter({ organization: "acme", user }, async (tenant) => tenant.can("projects:delete"));
    expect(await may()).toBe(true);
    await admin.query("update rowhouse.memberships set role = 'viewer' where user_id = $1", [user]);
    expect(await may()).toBe(false);
  });

  it("Promise 5: whatever else an organization is called, the answer is one and the same NOT_FOUND", async () => {
    const names = [
      "unknown",
      "globex",
      world.globex.id,
      world.globex.id.toUpperCase(),
      "ACME",
      "Acme",
      "-acme",
      "acme-",
      "",
      " ",
      "acme ",
      "acme\n",
      "a".repeat(10_000),
      "acme\0",
      "\0",
      "' or true --",
      "acme'; drop table projects; --",
      "%",
      "*",
      "acme/../globex",
      "ácme",
      "undefined",
      "00000000-0000-0000-0000-000000000000",
      `${world.acme.id}x`,
      `{${world.globex.id}}`,
    ];
    const errors = await Promise.all(
      names.map((organization) =>
        world.tenancy
          .enter({ organization, user: world.acme.ownerId }, async () => "entered")
          .catch((error: unknown) => error),
      ),
    );
    const seen = errors.map((error) =>
      isRowhouseError(error) ? `${error.code} ${error.message} ${error.fields.length}` : String(error),
    );
    expect(new Set(seen)).toEqual(
      new Set(["NOT_FOUND There is no such organization, or you are not a member of it. 0"]),
    );
  });

  it("Promise 5: whoever the user is said to be, without a membership it is NOT_FOUND", async () => {
    for (const user of ["", "x", world.globex.ownerId, "' or true --", "\0", "00000000-0000-0000-0000-000000000000"]) {
      const enter = world.tenancy.enter({ organization: "acme", user }, async () => "entered");
      await expect(enter, user).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("Promise 8: no flag or setting turns isolation off", () => {
  const attempts = [
    "set row_security = off",
    "set local row_security = off",
    "select set_config('row_security', 'off', true)",
    "set role rowhouse_operator",
    "set role rowhouse_owner",
    "set role none",
    "reset role",
    "set session authorization default",
    "set session authorization rowhouse_operator",
    "set session_replication_role = replica",
    "select set_config('role', 'rowhouse_operator', true)",
    "select set_config('rowhouse.organization_id', '', true)",
    "select set_config('rowhouse.organization_id', null, true)",
    "select set_config('rowhouse.organization_id', '*', true)",
    "select set_config('rowhouse.organization_id', '%', true)",
    "select set_config('rowhouse.bypass', 'on', true)",
    "select set_config('rowhouse.user_id', '*', true)",
    "alter table projects disable row level security",
    "alter table projects no force row level security",
    "drop policy tenant_floor on projects",
    "create policy open on projects using (true)",
    "alter role current_user bypassrls",
    "truncate projects",
    "create temp table loot as select * from projects",
    "create table public.loot as select * from projects",
    "create function public.peek() returns int language sql as 'select 1'",
    "copy projects to '/dev/null'",
  ];

  it.each(attempts)("Promise 8: after `%s` no foreign row can be seen", async (attempt) => {
    const before = await projectNames();
    const seen = world.inAcme((tenant) =>
      tenant.transaction(async ({ db }) => {
        await sql.raw(attempt).execute(db);
        const { rows } = await sql<{ name: string }>`select name from projects`.execute(db);
        return rows;
      }),
    );
    // Refused is as good as seeing one's own rows only, or none.
    const rows = await seen.catch((error: unknown) => {
      if (isRowhouseError(error)) return [];
      throw error;
    });
    expect(rows.filter(({ name }) => name !== "acme secret")).toEqual([]);
    expect(await projectNames()).toEqual(before);
  });

  it("Promise 8: what the builder makes stays bound to its organization even when raw SQL names another", async () => {
    const rows = await world.inAcme((tenant) =>
      tenant.transaction(async ({ db }) => {
        await sql`select set_config('rowhouse.organization_id', ${world.globex.id}, true)`.execute(db);
        return db.selectFrom("projects").select("name").execute();
      }),
    );
    expect(rows).toEqual([]);
  });
});

describe("Promise 10: a query costs one network round trip", () => {
  async function countFlights(
    work: (db: TwoOrganizations["tenancy"], reset: () => void) => Promise<void>,
  ): Promise<{ flights: number; roundTrips: number }> {
    const { hostname, port } = new URL(world.fixture.runtimeUrl);
    await using proxy = await startWireProxy({ target: { host: hostname, port: Number(port) } });
    await using tenancy = world.fixture.open({}, { url: proxy.url(world.fixture.runtimeUrl), maxConnections: 1 });
    await tenancy.start();
    await work(tenancy, () => proxy.reset());
    const { flights, roundTrips } = proxy.counts();
    return { flights, roundTrips };
  }

  const statements = {
    select: (db) => db.selectFrom("projects").selectAll(),
    "select with a join": (db) =>
      db.selectFrom("projects").innerJoin("tasks", "tasks.projectId", "projects.id").select("tasks.title"),
    insert: (db) => db.insertInto("projects").values({ name: `round trip ${Math.random()}` }),
    update: (db) => db.updateTable("projects").set({ name: "round trip" }).where("name", "=", "no such name"),
    delete: (db) => db.deleteFrom("projects").where("name", "like", "round trip%"),
  } satisfies Record<
    string,
    (db: Parameters<Parameters<TwoOrganizations["inAcme"]>[0]>[0]["db"]) => { execute(): Promise<unknown> }
  >;

  it.each(Object.entries(statements))("Promise 10: a %s is one round trip, cold and warm", async (_, statement) => {
    for (const repeats of [1, 2, 5]) {
      const counts = await countFlights((tenancy, reset) =>
        tenancy.enter(asMember(world.acme), async ({ db }) => {
          reset();
          for (let time = 0; time < repeats; time += 1) await statement(db).execute();
        }),
      );
      expect(counts).toEqual({ flights: repeats, roundTrips: repeats });
    }
  });

  it("Promise 10: entering is one round trip", async () => {
    const counts = await countFlights(async (tenancy, reset) => {
      reset();
      await tenancy.enter(asMember(world.acme), async () => undefined);
    });
    expect(counts).toEqual({ flights: 1, roundTrips: 1 });
  });

  it("Promise 10: a transaction of N statements is N + 1 round trips, an empty one none", async () => {
    for (const [statementCount, expected] of [
      [0, 0],
      [1, 2],
      [3, 4],
    ] as const) {
      const counts = await countFlights((tenancy, reset) =>
        tenancy.enter(asMember(world.acme), async (tenant) => {
          reset();
          await tenant.transaction(async ({ db }) => {
            for (let time = 0; time < statementCount; time += 1) await db.selectFrom("projects").select("id").execute();
          });
        }),
      );
      expect(counts).toEqual({ flights: expected, roundTrips: expected });
    }
  });
});
