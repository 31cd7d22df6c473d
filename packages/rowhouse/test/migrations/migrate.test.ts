import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { cloneDatabase, ensureDatabase, dropDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { v7 as uuidv7 } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { migrate, type MigrateOptions } from "../../src/migrations/index.ts";
import {
  asRole,
  defineFixtureTenancy,
  openFixture,
  passwords,
  permissions,
  type Fixture,
} from "../fixture/test-tenancy.ts";

let fixture: Fixture;
let folder: string;
let source: { name: string; folder: string };

beforeAll(async () => {
  fixture = await openFixture();
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-migrations-"));
  source = { name: `test ${randomBytes(3).toString("hex")}`, folder };
});

afterEach(() => rm(folder, { recursive: true }));

afterAll(() => fixture[Symbol.asyncDispose]());

const write = (name: string, sql: string, risk = "none") =>
  writeFile(path.join(folder, name), `-- risk: ${risk}\n${sql}\n`);
const run = (changes: Partial<MigrateOptions> = {}) =>
  migrate({ adminUrl: fixture.database.url, sources: [source], ...changes });

async function exists(table: string): Promise<boolean> {
  const { rows } = await fixture.admin.query<{ is: boolean }>("select to_regclass($1) is not null as is", [table]);
  return rows[0]?.is === true;
}

describe("migrations", () => {
  it("run once: the second run does nothing", async () => {
    await write("0001-a.sql", "create table once (id int)");
    expect(await run()).toEqual([`${source.name}/0001-a`]);
    expect(await run()).toEqual([]);
    await write("0002-b.sql", "create table twice (id int)");
    expect(await run()).toEqual([`${source.name}/0002-b`]);
  });

  it("of which one was edited after it ran are MIGRATION_CHANGED, and nothing runs", async () => {
    await write("0001-a.sql", "select 1");
    await run();
    await write("0001-a.sql", "select 2");
    await write("0002-b.sql", "create table never_made (id int)");
    await expect(run()).rejects.toMatchObject({ code: "MIGRATION_CHANGED" });
    expect(await exists("never_made")).toBe(false);
  });

  it("started twice at once run once", async () => {
    await write("0001-a.sql", "create table by_one (id int); select pg_sleep(0.2)");
    const ran = await Promise.all([run(), run(), run()]);
    expect(ran.flat()).toEqual([`${source.name}/0001-a`]);
  });

  it("that fail leave nothing of their file, say where, and go on from it when mended", async () => {
    await write("0001-a.sql", "create table first_half (id int)");
    await write("0002-b.sql", "create table second_half (id int);\nselect nonsense");
    await expect(run()).rejects.toMatchObject({
      code: "MIGRATION_FAILED",
      sqlstate: "42703",
      message: expect.stringMatching(/0002-b\.sql failed at line 3/) as string,
    });
    expect([await exists("first_half"), await exists("second_half")]).toEqual([true, false]);
    await write("0002-b.sql", "create table second_half (id int)");
    expect(await run()).toEqual([`${source.name}/0002-b`]);
  });

  it("whose process dies go on where they stopped", async () => {
    await write("0001-a.sql", "create table before_death (id int)");
    await write("0002-b.sql", "create table at_death (id int); select pg_sleep(20)");
    const dying = run().catch((error: unknown) => error);
    await killSleeper();
    expect(await dying).toMatchObject({ code: "MIGRATION_FAILED" });
    expect([await exists("before_death"), await exists("at_death")]).toEqual([true, false]);
    await write("0002-b.sql", "create table at_death (id int)");
    expect(await run()).toEqual([`${source.name}/0002-b`]);
  });

  it("that end their transaction themselves leave the ledger truthful: they fail or are recorded, never half", async () => {
    await write("0001-a.sql", "create table sneaky (id int); commit");
    await run().catch(() => undefined);
    const { rowCount } = await fixture.admin.query("select from rowhouse.migrations where source = $1", [source.name]);
    expect(rowCount === 1).toBe(await exists("sneaky"));
  });

  it.each([
    ["a gap in the numbers", "0002-b.sql", "-- risk: none\nselect 1"],
    ["a name out of form", "0001_A.sql", "-- risk: none\nselect 1"],
    ["no risk in the first line", "0001-a.sql", "select 1\n-- risk: none"],
    ["an unknown placeholder", "0001-a.sql", "-- risk: none\nselect '{{superuser}}'"],
  ])("with %s are MIGRATION_FAILED before anything runs", async (_, name, text) => {
    await writeFile(path.join(folder, name), text);
    await expect(run()).rejects.toMatchObject({ code: "MIGRATION_FAILED" });
  });

  it("tell each step and its risk before it runs", async () => {
    await write("0001-a.sql", "select 1", "locks nothing");
    const steps: unknown[] = [];
    await run({ onStep: (step) => void steps.push(step) });
    expect(steps).toEqual([{ source: source.name, name: "0001-a", risk: "locks nothing" }]);
  });

  it("run as the owner role, so that tables are the owner's", async () => {
    await write("0001-a.sql", "create table owned (id int)");
    await run();
    const { rows } = await fixture.admin.query("select tableowner from pg_tables where tablename = 'owned'");
    expect(rows).toEqual([{ tableowner: "rowhouse_owner" }]);
  });

  it.each([
    ["is missing", "select 1", /does not exist/],
    ["has no organization_id", "create table odd_a (id int)", /no such column/],
    ["has a nullable organization_id", "create table odd_b (organization_id uuid)", /it has uuid\./],
    ["has an organization_id of text", "create table odd_c (organization_id text not null)", /it has text not null/],
    ["is a view", "create view odd_d as select gen_random_uuid() as organization_id", /is not a table/],
  ])("with a tenant table that %s are MIGRATION_FAILED", async (_, sql, message) => {
    await write("0001-a.sql", sql);
    const table = /odd_\w/.exec(sql)?.[0] ?? "not_there";
    await expect(run({ tables: { tenant: [table] } })).rejects.toMatchObject({
      code: "MIGRATION_FAILED",
      message: expect.stringMatching(message) as string,
    });
  });

  it("against a server that cannot be had are DATABASE_UNREACHABLE", async () => {
    await expect(run({ adminUrl: "postgres://nobody:x@127.0.0.1:1/x" })).rejects.toMatchObject({
      code: "DATABASE_UNREACHABLE",
    });
  });

  it("of several databases of one server at once, all changing the same roles, succeed", async () => {
    const databases = await Promise.all(
      Array.from({ length: 4 }, () => cloneDatabase(inject("postgresUrl"), { template: "rowhouse_fixture" })),
    );
    const runs = databases.map(async ({ url }) => {
      for (let time = 0; time < 3; time += 1) await migrate({ adminUrl: url, passwords });
    });
    await Promise.all(runs);
    for (const database of databases) await database.drop();
  });

  it("work with role and database names that need quotes, end to end", async () => {
    const odd = randomBytes(3).toString("hex");
    const roles = {
      owner: `Own"er ${odd}`,
      runtime: `run'time ${odd}`,
      identity: `Ident ${odd}`,
      operator: `op;erator ${odd}`,
      worker: `wor'k"er %s $$ ${odd}`,
    };
    const name = `Data "base' ${odd}`;
    const adminUrl = withDatabase(inject("postgresUrl"), name);
    await ensureDatabase(inject("postgresUrl"), name);
    await write(
      "0001-a.sql",
      "create table things (organization_id uuid not null, id uuid not null, primary key (organization_id, id));\ngrant select on things to {{identity}}",
    );
    const options = { adminUrl, roles, passwords, sources: [source], tables: { tenant: ["things"] } };
    await migrate(options);
    expect(await migrate(options)).toEqual([]);
    const url = asRole(adminUrl, roles.runtime, passwords.runtime);
    const tenancy = defineFixtureTenancy({
      database: { url },
      tables: { tenant: ["things" as "tasks"] },
      permissions,
      roles,
    });
    const user = uuidv7();
    const { slug } = await tenancy.createOrganization({ name: "Odd", user });
    expect(await tenancy.enter({ organization: slug, user }, async ({ role }) => role)).toBe("owner");
    await tenancy.close();
    await dropDatabase(inject("postgresUrl"), name);
    for (const role of Object.values(roles)) await fixture.admin.query(`drop role ${pg.escapeIdentifier(role)}`);
  });
});

async function killSleeper(): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const { rowCount } = await fixture.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'rowhouse migrate' and query like '%pg_sleep(20)%' and wait_event = 'PgSleep'`,
    );
    if (rowCount !== 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the migration never came to its sleep");
}
