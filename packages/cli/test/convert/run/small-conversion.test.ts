import { readFile } from "node:fs/promises";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { PhaseName, Plan } from "../../../src/convert/plan.ts";
import { rollBack } from "../../../src/convert/run/roll-back.ts";
import { runConversion } from "../../../src/convert/run/run-conversion.ts";
import { validateAsReached } from "../../../src/convert/validate/validate-as-reached.ts";
import { beginnings } from "./beginnings.ts";
import { runHere } from "../../fixture/run-here.ts";
import { convertedPlan } from "../validate/converted-plan.ts";

const server = inject("postgresUrl");
const name = "convert_small";
const url = withDatabase(server, name);
const lazy: Plan = { ...convertedPlan, lazy: true };
const renamed: Plan = { ...convertedPlan, column: "tenant_id" };

let admin: pg.Client;

beforeAll(async () => {
  await ensureDatabase(server, name);
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(await readFile(new URL("../validate/old.sql", import.meta.url), "utf8"));
});

afterAll(async () => {
  await admin.end();
  await dropDatabase(server, name);
});

it("a lazy conversion makes a user's organization with the first row that is written, and the rest with the backfill", async () => {
  await run(lazy, "triggers");
  expect(await usersWithHome()).not.toContain("4");
  await admin.query("insert into users values (6, 'never writes'); insert into notes values (100, 4, 'first')");
  expect(await usersWithHome()).toContain("4");
  expect(await usersWithHome()).not.toContain("5");
  expect(await beginnings(admin)).toEqual(["1 organization.created by job rowhouse-convert"]);
  await run(lazy, "backfill");
  expect(await usersWithHome()).toEqual(["1", "2", "3", "4", "5"]);
  expect(await beginnings(admin)).toEqual(["1 organization.created by job rowhouse-convert"]);
  const verified = await runHere(["audit", "verify", "--independent", "--json"], url);
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true });
  await rollBack(url, { forget: true });
  await admin.query("delete from notes where id = 100; delete from users where id = 6");
}, 60_000);

it("status tells a person what is done, what waits and what was said last, and a machine the same", async () => {
  await run(renamed, "triggers");
  const { out } = await runHere(["convert", "status"], url);
  for (const line of [
    /^Nobody works on it now\.$/m,
    /^ {2}triggers +done$/m,
    /^ {2}backfill +waits$/m,
    / phase {2}triggers$/m,
  ])
    expect(out).toMatch(line);
  const json = await runHere(["convert", "status", "--format", "json"], url);
  expect(JSON.parse(json.out)).toMatchObject({
    runner: null,
    phases: expect.arrayContaining([expect.objectContaining({ phase: "backfill", done: 0, current: null })]) as unknown,
  });
}, 60_000);

it("an edit of the plan is refused where it has run, and taken where it has not", async () => {
  await expect(run(withNotes({ derive: { by: "user", column: "id" } }), "triggers")).rejects.toMatchObject({
    code: "PLAN_OUTDATED",
    message: expect.stringContaining("triggers:public.notes") as string,
  });
  const kept = await admin.query("select plan -> 'tables' as tables from rowhouse_convert.conversion");
  expect(kept.rows).toEqual([{ tables: renamed.tables }]);
  const tag = { index: "tags_name", columns: ["name"], widen: false, reason: "edited" };
  const edited = renamed.tables.map((table) => (table.table === "public.tags" ? { ...table, uniques: [tag] } : table));
  await run({ ...renamed, tables: edited }, "triggers");
});

it("what was found wrong at the end of a phase stops every further run until it is mended", async () => {
  const spoil = async (owner: string): Promise<void> => {
    await admin.query("begin; set local session_replication_role = replica");
    await admin.query(`update notes set tenant_id = (select tenant_id from notes where id = ${owner}) where id = 1`);
    await admin.query("commit");
  };
  await expect(run(renamed, "backfill", () => spoil("2"))).rejects.toMatchObject({ code: "CONVERSION_REFUSED" });
  await expect(run(renamed, "index")).rejects.toMatchObject({
    code: "CONVERSION_REFUSED",
    message: expect.stringContaining("wrong-organization") as string,
  });
  expect((await admin.query("select from rowhouse_convert.steps where phase = 'index'")).rowCount).toBe(0);
  await spoil("6");
  expect((await run(renamed, "constrain")).reached).toBe("constrain");
}, 60_000);

it("from hard isolation on the organization of a new row is that of its transaction, under any name of the column, and rollback forgets it", async () => {
  await run(renamed, "hard-isolation");
  expect(await defaults()).toBe(8);
  await rollBack(url, { to: "validate" });
  expect(await defaults()).toBe(0);
  await run(renamed, "contract");
  expect(await defaults()).toBe(8);
}, 60_000);

it("after contract new code names neither the organization nor the old owner, and its rows are its organization's alone", async () => {
  const homes = await admin.query<{ id: string }>(
    "select organization_id as id from rowhouse_convert.owners where kind = 'user' and key in ('2', '3') order by key",
  );
  await admin.query("begin; set local role rowhouse_runtime");
  await enter(homes.rows[0]?.id);
  const made = await admin.query("insert into projects (id, name) values (900, 'new') returning tenant_id, user_id");
  await admin.query("insert into notes (id, body) values (900, 'new')");
  await enter(homes.rows[1]?.id);
  const seen = await admin.query("select from projects where id = 900 union all select from notes where id = 900");
  await admin.query("rollback");
  expect(made.rows).toEqual([{ tenant_id: homes.rows[0]?.id, user_id: null }]);
  expect(seen.rowCount).toBe(0);
});

async function run(plan: Plan, until: PhaseName, before?: () => Promise<void>) {
  return runConversion(url, {
    plan,
    until,
    agreed: true,
    throttle: false,
    validate: async (client) => {
      await before?.();
      return validateAsReached(client, plan);
    },
  });
}

function withNotes(change: object): Plan {
  const tables = renamed.tables.map((table) => (table.table === "public.notes" ? { ...table, ...change } : table));
  return { ...renamed, tables };
}

/** Keys of the users who have an organization of their own. */
async function usersWithHome(): Promise<string[]> {
  const { rows } = await admin.query<{ key: string }>(
    "select key from rowhouse_convert.owners where kind = 'user' order by key",
  );
  return rows.map(({ key }) => key);
}

async function defaults(): Promise<number> {
  const { rowCount } = await admin.query(
    `select from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id'
       and column_default like '%rowhouse.organization_id%'`,
  );
  return rowCount ?? 0;
}

async function enter(organization: string | undefined): Promise<void> {
  await admin.query("select set_config('rowhouse.organization_id', $1, true)", [organization]);
}
