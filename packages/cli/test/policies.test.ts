import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runHere } from "./fixture/run-here.ts";

const name = `supabase_${process.pid}_${Date.now().toString(36)}`;
const url = withDatabase(inject("postgresUrl"), name);
let admin: pg.Client;

const ids = (of: string) => `0190a000-0000-7000-8000-0000000000${of}`;
const [acme, globex, ada, grace, victor] = ["0a", "0b", "a1", "b1", "c1"].map(ids);

/** What of Supabase the policies meet: its roles, and `auth.uid()` out of the claims of a request's token. */
const standIn = `
  do $$
  declare
    one text;
  begin
    -- Roles belong to the server; another test file may make them at the same time.
    perform pg_advisory_xact_lock(72066);
    foreach one in array array['anon', 'authenticated', 'service_role'] loop
      if not exists (select from pg_roles where rolname = one) then
        execute format('create role %I nologin noinherit', one);
      end if;
    end loop;
    alter role service_role bypassrls;
  end $$;
  create schema auth;
  create function auth.uid() returns uuid language sql stable
    as $$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
  grant usage on schema auth, public to anon, authenticated, service_role;
  create table organizations (id uuid primary key, name text not null);
  create table memberships (
    organization_id uuid not null references organizations, user_id uuid not null, role text not null,
    primary key (organization_id, user_id));
  create table projects (
    organization_id uuid not null references organizations, id uuid not null default gen_random_uuid(), name text not null,
    primary key (organization_id, id));
  create table tasks (organization_id uuid not null, id uuid not null, primary key (organization_id, id));
  grant all on organizations, memberships, projects, tasks to anon, authenticated, service_role;
  insert into organizations values ('${acme}', 'Acme'), ('${globex}', 'Globex');
  insert into memberships values ('${acme}', '${ada}', 'owner'), ('${globex}', '${grace}', 'member'), ('${acme}', '${victor}', 'viewer');
  insert into projects (organization_id, name) values ('${acme}', 'acme secret'), ('${globex}', 'globex secret');
  alter table organizations enable row level security, force row level security;
  revoke all on organizations from anon, authenticated;`;

beforeAll(async () => {
  await ensureDatabase(inject("postgresUrl"), name);
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(standIn);
  const guide = await readFile(new URL("../../../docs/guide/supabase.md", import.meta.url), "utf8");
  const given = /^npx rowhouse (.+)$/m.exec(guide)?.[1]?.split(" ") ?? [];
  const { out, error } = await runHere(given);
  expect(error).toBe("");
  await admin.query(out);
});

afterAll(async () => {
  await admin.end();
  await dropDatabase(inject("postgresUrl"), name);
});

/** What a request comes to that bears a token of this person: its rows in words, or the SQLSTATE of its refusal. Taken back. */
async function ask(
  text: string,
  { role = "authenticated", sub }: { role?: string; sub?: string | undefined },
): Promise<string> {
  await admin.query("begin");
  try {
    await admin.query(`set local role ${role}`);
    const claims = sub === undefined ? "" : JSON.stringify({ sub, role });
    await admin.query("select set_config('request.jwt.claims', $1, true)", [claims]);
    const { rows } = await admin.query<Record<string, string>>(text);
    return rows.map((row) => Object.values(row).join(" ")).join();
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? "";
    throw error;
  } finally {
    await admin.query("rollback");
  }
}

const read = "select name from projects order by name";
const insert = (organization = "") =>
  `insert into projects (organization_id, name) values ('${organization}', 'new') returning name`;
const update = "update projects set name = name || '!' returning name";
const remove = "delete from projects returning name";

test.each<[string, string, { role?: string; sub?: string | undefined }, string]>([
  ["a member reads the rows of their organization", read, { sub: ada }, "acme secret"],
  ["a member of another reads that one's", read, { sub: grace }, "globex secret"],
  ["a viewer reads", read, { sub: victor }, "acme secret"],
  ["a stranger reads nothing", read, { sub: ids("d1") }, ""],
  ["a token without a person reads nothing", read, {}, ""],
  ["nobody reads without a token", read, { role: "anon" }, "42501"],
  ["service_role keeps what it had", read, { role: "service_role" }, "acme secret,globex secret"],
  ["a member inserts", insert(acme), { sub: ada }, "new"],
  ["a member inserts nothing for another organization", insert(globex), { sub: ada }, "42501"],
  ["a viewer inserts nothing", insert(acme), { sub: victor }, "42501"],
  ["a member updates their own rows alone", update, { sub: ada }, "acme secret!"],
  ["a viewer updates nothing", update, { sub: victor }, ""],
  [
    "a member hands no row to another organization",
    `update projects set organization_id = '${globex}'`,
    { sub: ada },
    "42501",
  ],
  ["a member deletes their own rows alone", remove, { sub: grace }, "globex secret"],
  ["a viewer deletes nothing", remove, { sub: victor }, ""],
  [
    "a member sees who is in their organization, and nobody else",
    "select role from memberships order by role",
    { sub: ada },
    "owner,viewer",
  ],
  [
    "nobody lets themselves in",
    `insert into memberships values ('${globex}', '${ada}', 'owner')`,
    { sub: ada },
    "42501",
  ],
  ["nobody raises themselves", "update memberships set role = 'owner'", { sub: victor }, "42501"],
  ["nobody empties a table past row security", "truncate projects", { sub: ada }, "42501"],
])("%s", async (_, text, as, outcome) => {
  expect(await ask(text, as)).toBe(outcome);
});

test("a policy that is wider than these opens nothing, because of the floor", async () => {
  await admin.query("create policy wide on projects for all to authenticated using (true) with check (true)");
  try {
    expect(await ask(read, { sub: ada })).toBe("acme secret");
    expect(await ask(insert(globex), { sub: ada })).toBe("42501");
  } finally {
    await admin.query("drop policy wide on projects");
  }
});

test("the script runs twice, and the doctor finds no error in what it made", async () => {
  const { out } = await runHere(["policies", "--engine", "supabase", "--tables", "projects"]);
  await admin.query(out);
  const subject = ["--app-role", "authenticated", "--organizations-table", "organizations"];
  const context = ["--tenant-column", "organization_id", "--context-setting", "request.jwt.claims"];
  const examine = async (): Promise<string[]> => {
    const flags = ["--url", url, ...subject, ...context, "--min-level", "error", "--format", "json"];
    const report = JSON.parse((await runHere(["doctor", ...flags])).out) as { findings: { check: string }[] };
    // Its version is the server's, and nothing that a policy mends.
    return report.findings.map(({ check }) => check).filter((check) => check !== "RH0110");
  };
  expect(await examine()).toEqual([]);
  await admin.query("drop policy tenant_floor on projects; alter policy members_read on projects using (true)");
  expect(await examine(), "the control").toContain("RH0301");
  await admin.query(out);
});

test.each([
  [["--tables", "auth.users"], "auth.users"],
  [["--tables", "projects", "public.projects"], "public.projects"],
  [["--tables", "memberships"], "public.memberships"],
])("tables that are not the caller's, or come twice, are refused: %s", async (given, named) => {
  const { code, out, error } = await runHere(["policies", "--engine", "supabase", ...given]);
  expect([code, out]).toEqual([2, ""]);
  expect(error).toContain(named);
});

test("for plain Postgres it is what migrate makes", async () => {
  const { out } = await runHere(["policies", "--tables", "app.things", "--sealed"]);
  expect(out).toContain(`create policy "tenant_floor" on "app"."things" as restrictive`);
  expect(out).toContain("rowhouse.sealed_organization()");
});
