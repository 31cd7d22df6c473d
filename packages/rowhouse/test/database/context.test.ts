import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noBinding } from "../../src/database/context.ts";
import { openUnscoped } from "../../src/database/open-unscoped.ts";
import type { Pool } from "../../src/database/pool.ts";
import { openPool, openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";

let world: TwoOrganizations;
let pool: Pool;

beforeAll(async () => {
  world = await openTwoOrganizations({ maxConnections: 1 });
  pool = openPool(world.fixture.runtimeUrl);
});

afterAll(async () => {
  await pool.close();
  await world[Symbol.asyncDispose]();
});

/** What somebody who gets the connection next could notice. */
async function readSession(): Promise<Record<string, unknown>> {
  const connection = await pool.acquire();
  const text = `select coalesce(current_setting('rowhouse.organization_id', true), '') as organization,
    coalesce(current_setting('rowhouse.user_id', true), '') as "user", coalesce(current_setting('rowhouse.mark', true), '') as mark,
    current_user as role, current_setting('search_path') as path, current_setting('row_security') as "rowSecurity",
    current_setting('TimeZone') = (select reset_val from pg_settings where name = 'TimeZone') as "hasZone",
    current_setting('default_transaction_read_only') as "readOnly",
    (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks,
    (select count(*)::int from pg_prepared_statements where name not like 'rh%') as prepared,
    (select count(*)::int from pg_cursors where name <> '') as cursors,
    (select count(*)::int from pg_listening_channels()) as channels,
    (select count(*)::int from pg_class where relpersistence = 't' and pg_table_is_visible(oid)) as temporary,
    (select count(*)::int from projects) as rows`;
  try {
    const { rows } = await connection.run({ text, values: [] }, noBinding);
    return rows[0] ?? {};
  } finally {
    connection.release();
  }
}

const clean = {
  organization: "",
  user: "",
  mark: "",
  role: "rowhouse_runtime",
  path: '"$user", public',
  rowSecurity: "on",
  hasZone: true,
  readOnly: "off",
  locks: 0,
  prepared: 0,
  cursors: 0,
  channels: 0,
  temporary: 0,
  rows: 0,
};

const traces = [
  "select count(*) from projects",
  "select set_config('rowhouse.organization_id', '0190a000-0000-7000-8000-000000000009', false)",
  "select set_config('rowhouse.mark', 'left', false)",
  "select pg_catalog.\"set_config\"('search_path', 'rowhouse', false)",
  "select U&\"set\\005fconfig\"('search_path', 'rowhouse', false)",
  "select query_to_xml('select set_' || 'config(''search_path'', ''rowhouse'', false)', true, true, '')",
  "select set_config('default_transaction_read_only', 'on', false)",
  "update pg_settings set setting = 'on' where name = 'default_transaction_read_only'",
  "set rowhouse.organization_id = '0190a000-0000-7000-8000-000000000009'",
  "set search_path = rowhouse",
  "set time zone 'Asia/Tokyo'",
  "set row_security = off",
  "set session characteristics as transaction read only",
  "set role none",
  "reset role",
  "reset all",
  "discard plans",
  "listen gossip",
  "prepare evil as select 1",
  "deallocate all",
  "create temp table loot (id int)",
  "select pg_advisory_lock(4711)",
  "select pg_try_advisory_lock_shared(4711)",
  "select pg_advisory_lock(4711), 1 / 0",
  "declare spy cursor with hold for select * from projects",
  "do $$ begin perform set_config('rowhouse.mark', 'left', false); end $$",
  "begin",
  "commit",
  "rollback",
  "copy (select 1) to stdout",
  "copy projects (name) from stdin",
  "savepoint left_over",
  "lock table projects",
  "vacuum projects",
  "",
  "-- nothing",
];

describe("Promise 3: context cannot leak", () => {
  it.each(traces)("Promise 3: `%s`, alone, leaves nothing on the connection", async (text) => {
    const db = openUnscoped(pool, { organizationId: world.acme.id, userId: world.acme.ownerId });
    await sql
      .raw(text)
      .execute(db)
      .catch(() => undefined);
    expect(await readSession()).toEqual(clean);
  });

  it.each(traces)("Promise 3: `%s`, in a transaction, leaves nothing on the connection", async (text) => {
    const db = openUnscoped(pool, { organizationId: world.acme.id, userId: world.acme.ownerId });
    await db
      .transaction()
      .execute((transaction) => sql.raw(text).execute(transaction))
      .catch(() => undefined);
    expect(await readSession()).toEqual(clean);
  });

  it.each(traces)(
    "Promise 3: after `%s` by one tenant the next one on the same connection reads its own rows",
    async (text) => {
      await world.inAcme(({ db }) => sql.raw(text).execute(db)).catch(() => undefined);
      const rows = await world.inGlobex(({ db }) => db.selectFrom("projects").select("name").execute());
      expect(rows).toEqual([{ name: "globex secret" }]);
    },
  );

  it("Promise 3: after traffic every connection of the role is without a tenant", async () => {
    await using busy = world.fixture.open({}, { maxConnections: 3 });
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const { slug, ownerId } = index % 2 === 0 ? world.acme : world.globex;
        return busy.enter({ organization: slug, user: ownerId }, (tenant) =>
          tenant.transaction(({ db }) => db.selectFrom("projects").select("name").execute()),
        );
      }),
    );
    expect(await readSession()).toEqual(clean);
  });

  it("Promise 3: a connection that is given back twice is not taken from whoever has it by then", async () => {
    const first = await pool.acquire();
    first.release();
    const second = await pool.acquire();
    first.release();
    expect(pool.counts()).toMatchObject({ total: 1, idle: 0 });
    second.release();
    expect(pool.counts()).toMatchObject({ total: 1, idle: 1 });
  });

  it("Promise 3: tenants that take turns on one connection never see each other", async () => {
    const seen = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const enter = index % 2 === 0 ? world.inAcme : world.inGlobex;
        const read = async (): Promise<string[]> =>
          enter(async (tenant) => {
            const { rows } = await sql<{ name: string }>`select name from projects`.execute(tenant.db);
            return rows.map(({ name }) => name);
          });
        return { expected: index % 2 === 0 ? ["acme secret"] : ["globex secret"], names: await read() };
      }),
    );
    for (const { expected, names } of seen) expect(names).toEqual(expected);
  });
});

describe("raw SQL that ends its transaction", () => {
  it.each([
    "commit",
    "rollback",
    "commit and chain",
    "rollback and chain",
    "/* x */ rollback",
    "abort",
    "end",
    "prepare transaction 'x'",
  ])("`%s` inside of a transaction is refused or TRANSACTION_LOST, and nothing after it runs", async (text) => {
    const attempt = world.inAcme((tenant) =>
      tenant.transaction(async ({ db }) => {
        await sql.raw(text).execute(db);
        await db.insertInto("projects").values({ name: "after the end" }).execute();
      }),
    );
    await expect(attempt).rejects.toMatchObject({
      code: expect.stringMatching(/^(UNSCOPABLE_STATEMENT|TRANSACTION_LOST|DATABASE_ERROR)$/) as string,
    });
    const rows = await world.inAcme(({ db }) => db.selectFrom("projects").select("name").execute());
    expect(rows).toEqual([{ name: "acme secret" }]);
  });

  it.each(["commit", "End work;", "/* x */ commit"])("`%s` commits nothing of what came before it", async (text) => {
    const attempt = world.inAcme((tenant) =>
      tenant.transaction(async ({ db }) => {
        await db.insertInto("projects").values({ name: "half" }).execute();
        await sql.raw(text).execute(db);
      }),
    );
    await expect(attempt).rejects.toMatchObject({ code: "UNSCOPABLE_STATEMENT" });
    const rows = await world.inAcme(({ db }) => db.selectFrom("projects").select("name").execute());
    expect(rows).toEqual([{ name: "acme secret" }]);
  });

  it("a savepoint of raw SQL and going back to it are no end", async () => {
    const names = await world.inAcme((tenant) =>
      tenant.transaction(async ({ db }) => {
        await sql`savepoint mine`.execute(db);
        await db.insertInto("projects").values({ name: "undone" }).execute();
        await sql`rollback to savepoint mine`.execute(db);
        await sql`release savepoint mine`.execute(db);
        return db.selectFrom("projects").select("name").execute();
      }),
    );
    expect(names).toEqual([{ name: "acme secret" }]);
  });
});
