import { randomBytes } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRowhouseError } from "../../src/index.ts";
import { assertSafeDatabase, type GuardTables } from "../../src/policy/boot-guard.ts";
import { guardInTransaction } from "../fixture/guard-in-transaction.ts";
import { asRole, defineFixtureTenancy, tables } from "../fixture/test-tenancy.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";
import { driftCases, lookCases, tableCases, type UnsafeChange } from "./unsafe-changes.ts";
import { mixedCases } from "./unsafe-mixed-changes.ts";
import { settingCases } from "./unsafe-settings.ts";

/** Roles belong to the server, so a test that changes one makes its own: it may do all that the runtime role may. */
const standIn = `stand_in_${randomBytes(4).toString("hex")}`;
const password = "stand-in-password";
const makeStandIn = [`create role {{stand_in}} login password '${password}'`, "grant rowhouse_runtime to {{stand_in}}"];
const guarded: GuardTables = { ...tables, sharedKeys: [] };
let world: TwoOrganizations;
let admin: pg.PoolClient;
let databaseName: string;

beforeAll(async () => {
  world = await openTwoOrganizations();
  admin = await world.fixture.admin.connect();
  const { rows } = await admin.query<{ name: string }>("select quote_ident(current_database()) as name");
  databaseName = rows[0]?.name ?? "";
});

afterAll(async () => {
  admin.release();
  await world[Symbol.asyncDispose]();
});

async function run(statements: readonly string[]): Promise<void> {
  for (const statement of statements)
    await admin.query(statement.replaceAll("{{stand_in}}", standIn).replaceAll("current_db", databaseName));
}

const answerOf = async (work: () => Promise<void>): Promise<string> => {
  try {
    await work();
    return "clean";
  } catch (error) {
    if (isRowhouseError(error, "UNSAFE_DATABASE")) return error.message;
    throw error;
  }
};

/** What a process that starts now is told: "clean", or the message of UNSAFE_DATABASE. */
async function boot(url: string): Promise<string> {
  await using tenancy = defineFixtureTenancy({ ...world.fixture.settings, database: { url, maxConnections: 1 } });
  return await answerOf(() => tenancy.start());
}

/** The same inside of the admin's open transaction, as another role, after `changes` that are taken back. */
async function bootAfter(changes: readonly string[], role: string, listed: GuardTables = guarded): Promise<string> {
  await admin.query("savepoint clean");
  await run(changes);
  await admin.query(`set local session authorization ${role}`);
  const message = await answerOf(() => assertSafeDatabase(guardInTransaction(admin), listed));
  await admin.query("rollback to savepoint clean");
  return message;
}

async function expectFound({ break: unsafe, near = [], finding }: UnsafeChange, role: string): Promise<void> {
  expect(await bootAfter(unsafe, role)).toMatch(finding);
  expect(await bootAfter(near, role), "a near miss").toBe("clean");
}

async function inTransaction(work: () => Promise<void>): Promise<void> {
  await admin.query("begin");
  await work().finally(() => admin.query("rollback"));
}

describe("Promise 2: the application refuses to start on a database that does not keep tenants apart", () => {
  it.each([...tableCases, ...mixedCases, ...driftCases, ...lookCases])("Promise 2: $title is found", async (change) => {
    await inTransaction(() => expectFound(change, "rowhouse_runtime"));
  });

  it.each(settingCases)("Promise 2: $title is found", async (change) => {
    await inTransaction(async () => {
      await run(makeStandIn);
      await expectFound(change, standIn);
    });
  });

  it("Promise 2: rows of nobody are accepted where the settings say that they were left, and nowhere else", async () => {
    const left = [
      "alter table tasks drop constraint tasks_pkey, alter organization_id drop not null",
      "insert into tasks (project_id, title) select id, 'left' from projects limit 1",
    ];
    await inTransaction(async () => {
      expect(await bootAfter(left, "rowhouse_runtime", { ...guarded, unowned: ["public.tasks"] })).toBe("clean");
      expect(await bootAfter(left, "rowhouse_runtime", { ...guarded, unowned: ["projects"] })).toMatch(
        /tasks: organization_id may be null/,
      );
      const open = [
        ...left,
        "alter policy tenant_isolation on tasks using (true)",
        "alter policy tenant_floor on tasks using (true)",
      ];
      expect(await bootAfter(open, "rowhouse_runtime", { ...guarded, unowned: ["tasks"] })).toMatch(
        /tasks: shows rows to a session without a tenant/,
      );
    });
  });

  it("Promise 2: tables are tried out by index, however large they are", async () => {
    const scans = "select seq_scan::int, idx_scan::int from pg_stat_xact_user_tables where relname = 'projects'";
    await inTransaction(async () => {
      const before = await admin.query<{ seq_scan: number; idx_scan: number }>(scans);
      await admin.query("set local session authorization rowhouse_runtime");
      await assertSafeDatabase(guardInTransaction(admin), guarded);
      await admin.query("reset session authorization");
      const after = await admin.query<{ seq_scan: number; idx_scan: number }>(scans);
      expect(after.rows[0]?.seq_scan).toBe(before.rows[0]?.seq_scan);
      expect(after.rows[0]?.idx_scan).toBeGreaterThan(before.rows[0]?.idx_scan ?? 0);
    });
  });

  it("Promise 2: a superuser's URL is refused", async () => {
    expect(await boot(world.fixture.database.url)).toMatch(/has or can take .*SUPERUSER/);
  });

  it("Promise 2: the operator's URL is refused", async () => {
    expect(await boot(world.fixture.operatorUrl)).toMatch(/has or can take BYPASSRLS/);
  });

  it("Promise 2: a role whose settings change how policies are printed, and not what they say, is served", async () => {
    try {
      await run([
        ...makeStandIn,
        "alter role {{stand_in}} set search_path = rowhouse, public",
        "alter role {{stand_in}} set quote_all_identifiers = on",
      ]);
      expect(await boot(asRole(world.fixture.database.url, standIn, password))).toBe("clean");
    } finally {
      await run(["drop role {{stand_in}}"]);
    }
  });

  it("Promise 2: every finding is in the message, not the first alone, and a mended database serves", async () => {
    const tenancy = world.fixture.open();
    await run(["alter table projects disable row level security", "grant truncate on tasks to rowhouse_runtime"]);
    const message = await answerOf(() => tenancy.start());
    await expect(tenancy.listOrganizations(world.acme.ownerId)).rejects.toMatchObject({ code: "UNSAFE_DATABASE" });
    await run(["alter table projects enable row level security", "revoke truncate on tasks from rowhouse_runtime"]);
    expect(message).toMatch(/^- projects: row security is off/m);
    expect(message).toMatch(/^- public\.tasks: rowhouse_runtime may TRUNCATE it/m);
    expect(await tenancy.listOrganizations(world.acme.ownerId)).toHaveLength(1);
  });

  it("Promise 2: a permissive policy for everybody, added by mistake, shows no foreign row: the floor holds", async () => {
    await run(["create policy mistake on projects using (true) with check (true)"]);
    const rows = await world.inAcme(({ db }) => db.selectFrom("projects").select("name").execute());
    await run(["drop policy mistake on projects"]);
    expect(rows).toEqual([{ name: "acme secret" }]);
  });
});
