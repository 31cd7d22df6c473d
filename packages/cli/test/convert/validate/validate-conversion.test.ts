import { readFile } from "node:fs/promises";
import { dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { migrate } from "rowhouse/migrations";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { PhaseName, Plan } from "../../../src/convert/plan.ts";
import { findInConversion, validateConversion } from "../../../src/convert/validate/validate-conversion.ts";
import { convertedPlan } from "./converted-plan.ts";

const server = inject("postgresUrl");
const name = "convert_validate";
const url = withDatabase(server, name);
const isolated = ["projects", "Task", "notes", "files", "blobs", "reactions", "shares"];
const shared = `
  alter table tags enable row level security, force row level security;
  create policy own on tags for all to public
    using (organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid));
  create policy shared on tags for select to public using (organization_id is null);
  grant select, insert, update, delete on tags to rowhouse_runtime`;

let client: pg.Client;

beforeAll(async () => {
  await ensureDatabase(server, name);
  await withAdminClient(url, async (admin) => admin.query(await readSql("old.sql")));
  await migrate({ adminUrl: url });
  await withAdminClient(url, async (admin) => admin.query(await readSql("converted.sql")));
  await migrate({ adminUrl: url, tables: { tenant: isolated } });
  client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(shared);
});

afterAll(async () => {
  await client.end();
  await dropDatabase(server, name);
});

describe("a database that was converted", () => {
  it("has no findings after any phase", async () => {
    for (const reached of ["organizations", "backfill", "validate", "contract"] as const)
      expect(await validateConversion(client, convertedPlan, { reached }), reached).toEqual([]);
  });

  it("shows each organization its own rows through row security", async () => {
    expect(await broken("select", { reached: "hard-isolation" })).toEqual([]);
  });
});

describe("a near miss", () => {
  it("of a share that the plan lets cross is no finding", async () => {
    expect(await broken("update shares set granted_to_project = 7")).toEqual([]);
  });
  it("of a row for everybody is none", async () => {
    expect(await broken("insert into tags (id, name) values (900, 'all')")).toEqual([]);
  });
  it("of a row that is left without an organization as the plan says is none", async () => {
    const plan = withTable("public.notes", { unowned: "leave" });
    expect(
      await broken(
        "alter table notes alter organization_id drop not null; update notes set organization_id = null where user_id is null; update reactions set organization_id = null from notes n where target_type = 'Note' and n.id = target_id and n.user_id is null",
        { plan: withTable("public.reactions", { unowned: "leave" }, plan) },
      ),
    ).toEqual([]);
  });
  it("of a second way to another organization's row is none where the first decides", async () => {
    const task = { by: "parent", columns: ["task_id"], parent: 'public."Task"', parentColumns: ["id"] } as const;
    const plan = withTable("public.notes", {
      derive: { by: "coalesce", of: [{ by: "user", column: "user_id" }, task] },
    });
    const change = "alter table notes add task_id integer; update notes set task_id = 1 where user_id is not null";
    expect(await broken(change, { plan })).toEqual([]);
  });
  it("of a member whom the new application let in is none from hard isolation on", async () => {
    const invited = `insert into rowhouse.memberships select ${home("user", 1)}, user_id, 'member' from rowhouse_convert.owners where kind = 'user' and key = '5'`;
    expect(await broken(invited, { reached: "hard-isolation" })).toEqual([]);
    expect(await broken(invited)).not.toEqual([]);
  });
  it("of a user without an organization is none where they are made when needed", async () => {
    const plan = { ...convertedPlan, lazy: true };
    expect(await broken("insert into users values (9, 'new')", { plan, reached: "organizations" })).toEqual([]);
  });
});

describe.each<{ rule: string; by: string; reached?: PhaseName; also?: string[] }>([
  { rule: "user-without-organization public.users", by: "insert into users values (9, 'new')" },
  { rule: "team-without-organization public.teams", by: "insert into teams values (9, 'new', 1)" },
  {
    rule: "owner-without-membership public.users",
    by: `update rowhouse.memberships set role = 'admin' where organization_id = ${home("user", 4)}`,
  },
  {
    rule: "missing-membership public.team_members",
    by: `delete from rowhouse.memberships where role = 'admin'`,
    also: [
      "sight-changed public.projects",
      'sight-changed public."Task"',
      "sight-changed public.files",
      "sight-changed public.blobs",
      "sight-changed public.reactions",
      "sight-changed public.shares",
    ],
  },
  {
    rule: "duplicate-membership -",
    by: `update rowhouse_convert.owners set user_id = (select user_id from rowhouse_convert.owners where key = '4' and kind = 'user') where key = '5' and kind = 'user'`,
    reached: "organizations",
    also: [
      "owner-without-membership public.users",
      "missing-membership public.team_members",
      "unknown-membership public.team_members",
    ],
  },
  {
    rule: "unmigrated public.tags",
    by: "update tags set organization_id = null where id = 9",
    also: ["sight-changed public.tags"],
  },
  {
    rule: "wrong-organization public.tags",
    by: `update tags set organization_id = ${home("user", 2)} where id = 7`,
    also: ["sight-changed public.tags"],
  },
  {
    rule: "orphaned public.tags",
    by: "update tags set organization_id = gen_random_uuid() where id = 9",
    also: ["wrong-organization public.tags", "sight-changed public.tags"],
  },
  {
    rule: 'cross-tenant-reference public."Task"',
    by: `update "Task" set "parentId" = 2 where id = 61`,
  },
  {
    rule: "cross-tenant-reference public.reactions",
    by: `update reactions set organization_id = ${home("user", 2)} where id = 7`,
    also: ["wrong-organization public.reactions", "sight-changed public.reactions"],
  },
  {
    rule: "wrong-organization public.notes",
    by: `update notes set organization_id = '00000000-0000-7000-8000-000000000001' where id = 1`,
    also: ["sight-changed public.notes", "cross-tenant-reference public.reactions"],
  },
  {
    rule: "invalid-index -",
    by: "update pg_index set indisvalid = false where indexrelid = 'projects_organization'::regclass",
  },
  {
    rule: "unvalidated-constraint -",
    by: "alter table tags add foreign key (organization_id) references rowhouse.organizations not valid",
  },
  { rule: "nullable-column -", by: `alter table "Task" alter organization_id drop not null` },
  {
    rule: "row-security public.notes",
    by: "alter table notes disable row level security",
    reached: "hard-isolation",
    also: ["doctor"],
  },
])("$rule", ({ rule, by, reached, also = [] }) => {
  it("is found, and nothing else but what follows from it", async () => {
    const found = await broken(by, reached === undefined ? {} : { reached });
    expect(found).toContain(rule);
    expect(found.filter((each) => each !== rule && !also.some((other) => each.startsWith(other)))).toEqual([]);
  });
});

it("a finding says how many rows there are, and which", async () => {
  await client.query("begin");
  try {
    await client.query("set local session_replication_role = replica");
    await client.query(`update "Task" set organization_id = ${home("user", 3)} where id in (1, 2)`);
    const found = await findInConversion(client, convertedPlan, { reached: "backfill" });
    expect(found.find(({ rule }) => rule === "wrong-organization")).toMatchObject({ count: 2, sample: ["1", "2"] });
  } finally {
    await client.query("rollback");
  }
});

/** What is found once `sql` was run, as `rule table`; then it is taken back. */
async function broken(
  sql: string,
  { plan = convertedPlan, reached = "validate" }: { plan?: Plan; reached?: PhaseName } = {},
): Promise<string[]> {
  await client.query("begin");
  try {
    await client.query("set local session_replication_role = replica");
    await client.query(sql);
    const found = await findInConversion(client, plan, { reached });
    return found.map((finding) => `${finding.rule} ${finding.table ?? "-"}`);
  } finally {
    await client.query("rollback");
  }
}

function withTable(table: string, change: object, plan = convertedPlan): Plan {
  return { ...plan, tables: plan.tables.map((each) => (each.table === table ? { ...each, ...change } : each)) };
}

function home(kind: "user" | "team", key: number): string {
  return `(select organization_id from rowhouse_convert.owners where kind = '${kind}' and key = '${key}')`;
}

async function readSql(file: string): Promise<string> {
  return readFile(new URL(file, import.meta.url), "utf8");
}
