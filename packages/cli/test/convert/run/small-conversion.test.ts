import { readFile } from "node:fs/promises";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { PhaseName, Plan } from "../../../src/convert/plan.ts";
import { rollBack } from "../../../src/convert/run/roll-back.ts";
import { readNewSettings, renderNewSettings } from "../../../src/convert/run/new-settings.ts";
import { runConversion } from "../../../src/convert/run/run-conversion.ts";
import { validateAsReached } from "../../../src/convert/validate/validate-as-reached.ts";
import { beginnings } from "./beginnings.ts";
import { runHere } from "../../fixture/run-here.ts";
import { bootNewApplication } from "./boot-new-application.ts";
import { convertedPlan, parent, planned, points } from "../validate/converted-plan.ts";

const server = inject("postgresUrl");
const name = "convert_small";
const url = withDatabase(server, name);
const more: Plan = {
  ...convertedPlan,
  fingerprint: "4e40ff13f22da3e0ba534fc297992ebb",
  tables: [
    ...convertedPlan.tables,
    planned("public.drafts", { by: "user", column: "user_id" }, { unowned: "leave" }),
    planned("public.note_tags", parent("note_id", "public.notes"), {
      key: [],
      references: [
        { ...points("note_id", "public.notes"), constraint: "note_tags_note_id_fkey" },
        { ...points("tag_id", "public.tags"), constraint: "note_tags_tag_id_fkey", composite: false },
      ],
    }),
  ],
};
const lazy: Plan = { ...more, lazy: true };
const renamed: Plan = { ...more, column: "tenant_id" };

let admin: pg.Client;

beforeAll(async () => {
  await ensureDatabase(server, name);
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(await readFile(new URL("../validate/old.sql", import.meta.url), "utf8"));
  await admin.query(`
    create table drafts (id integer primary key, user_id integer references users, body text);
    insert into drafts select n, nullif(n % 6, 0), 'draft' from generate_series(1, 12) n;
    create table note_tags (note_id integer not null references notes, tag_id integer not null references tags);
    insert into note_tags select n.id, t.id from notes n join tags t on t.user_id is null or t.user_id = n.user_id`);
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
  expect(await defaults()).toBe(10);
  const guarded = await bootNewApplication({ url, admin }, renamed);
  expect(guarded, "beside the old application").toMatch(sharesAlone);
  await rollBack(url, { to: "validate" });
  expect(await defaults()).toBe(0);
  await run(renamed, "contract");
  expect(await defaults()).toBe(10);
  expect(await bootNewApplication({ url, admin }, renamed), "alone").toMatch(sharesAlone);
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

it("after contract everybody's rows are read and referred to, and another's are as if they were not there", async () => {
  const found = await admin.query<{ id: string; note: number; foreign: number }>(
    `select o.organization_id as id, (select min(id) from notes n where n.tenant_id = o.organization_id) as note,
       (select min(id) from tags t where t.tenant_id <> o.organization_id) as foreign
     from rowhouse_convert.owners o where kind = 'user' and key = '2'`,
  );
  const [one] = found.rows;
  await admin.query("begin; set local role rowhouse_runtime");
  await enter(one?.id);
  const tags = await admin.query<{ owner: string | null }>("select distinct tenant_id as owner from tags order by 1");
  const drafts = await admin.query("select distinct tenant_id as owner from drafts");
  await admin.query("insert into note_tags (note_id, tag_id) select $1, id from tags where tenant_id is null", [
    one?.note,
  ]);
  const refer = admin.query("insert into note_tags (note_id, tag_id) values ($1, $2)", [one?.note, one?.foreign]);
  await expect(refer).rejects.toMatchObject({ code: "23503", constraint: "note_tags_tag_id_fkey" });
  await admin.query("rollback");
  expect(tags.rows).toEqual([{ owner: one?.id }, { owner: null }]);
  expect(drafts.rows).toEqual([{ owner: one?.id }]);
  expect(renderNewSettings(await readNewSettings(admin, renamed))).toMatchInlineSnapshot(`
    "The new application's settings, for defineTenancy:
      tables: {
        tenant: ["projects", "Task", "notes", "files", "blobs", "reactions", "shares", "drafts", "note_tags"],
        mixed: ["tags"], // everybody reads rows without an organization
        unowned: ["drafts"], // rows of nobody are left in them
        column: "tenant_id",
        sharedKeys: ["projects_pkey", "Task_pkey", "notes_pkey", "files_pkey", "blobs_pkey", "reactions_pkey", "shares_pkey", "drafts_pkey", "tags_pkey"], // look at each: a value may exist once in all organizations
      },
    The boot guard lets nothing start while rows may refer to another organization's by shares.shares_granted_to_project_fkey: move what is shared to a global table, or split it."
  `);
});

/** What the plan leaves open on purpose is all that the boot guard refuses. */
const sharesAlone = /by 1 finding\(s\):\n- shares: foreign key shares_granted_to_project_fkey leaves tenant_id out/;

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
