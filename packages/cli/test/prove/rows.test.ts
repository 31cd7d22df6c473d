import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import { assert, asyncProperty, constantFrom, integer, tuple } from "fast-check";
import pg from "pg";
import { migrate } from "rowhouse/migrations";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { CannotTell } from "../../src/doctor/cannot-tell.ts";
import { isTable, type Relation } from "../../src/prove/catalog/catalog.ts";
import { readCatalog } from "../../src/prove/catalog/read-catalog.ts";
import { enterBySetting, openSession } from "../../src/prove/open-session.ts";
import type { GivenValues } from "../../src/prove/rows/parse-values.ts";
import { makeWorld } from "../../src/prove/rows/make-world.ts";
import type { Party, World } from "../../src/prove/world.ts";

const server = inject("postgresUrl");
const name = `prove_rows_${process.pid}`;
const [tenantColumn, organizationsTable] = ["org_id", "app.orgs"];
// What md5 makes of it is asked for by a check.
const secret = "The quick brown fox jumps over the lazy dog";
let client: pg.Client;
let world: World;
beforeAll(async () => {
  client = await openDatabase(name);
  await client.query("begin");
  await client.query(await readFile(new URL("rows.sql", import.meta.url), "utf8"));
  world = await makeWorldOf({ tenantColumn, organizationsTable });
});
afterAll(async () => {
  await client.end();
  await dropDatabase(server, name);
});

test("every table gets a row of each party, and what no value satisfies says so", async () => {
  expect(reasonsOf(world)).toEqual([
    "app.impossible: check constraint never could not be satisfied; give values with --values.",
    "app.of_templates: check constraint of_templates_word_check could not be satisfied; give values with --values.",
  ]);
});

test("a reference leads to a row of the same party, also where tables point to each other or to themselves", async () => {
  const valueOf = (table: string, column: string, party: Party): unknown =>
    world.row(party, tableNamed(table)).values[column];
  for (const party of [world.a, world.b]) {
    expect(valueOf("orgs", "main_team_id", party)).toBe(valueOf("teams", "id", party));
    expect(valueOf("teams", "parent_id", party)).toBe(valueOf("teams", "id", party));
    expect(valueOf("teams", "lead_id", party)).toBe(valueOf("people", "id", party));
    expect(valueOf("comments", "check_id", party)).toBe(valueOf("checks", "id", party));
    expect(valueOf("loners", "twin_id", party)).toBe(valueOf("loners", "id", party));
  }
  for (const relation of world.catalog.relations) expect(await danglingOf(relation)).toEqual([]);
});

test("a row more is composed for every table and collides with nothing, which a new organization's id proves", async () => {
  const made = tables().filter(({ name: table }) => !["impossible", "of_templates"].includes(table));
  for (const relation of made) {
    await world.session.undone(async () => {
      const values = await world.rows.compose(relation, world.b);
      const row = await world.rows.insert(relation, values);
      if (relation === world.catalog.organizations)
        expect([world.a.organizationId, world.b.organizationId]).not.toContain(row.values["id"]);
      else if (relation.tenantColumn !== null) expect(row.values[relation.tenantColumn]).toBe(world.b.organizationId);
    });
  }
});

test("what the caller decides stays, even where it collides", async () => {
  await world.session.undone(async () => {
    const checks = tableNamed("checks");
    const { hash = null } = world.row(world.b, checks).values;
    expect(await world.rows.compose(checks, world.a, { hash })).toMatchObject({ hash, org_id: world.a.organizationId });
  });
});

test("free texts carry the party's mark", () => {
  expect(world.row(world.b, tableNamed("settings")).values["theme"]).toMatch(/^rowhouse-prove B [0-9a-f]{16}$/);
  expect(world.row(world.a, tableNamed("all_types")).values["c_varchar3"]).toMatch(/^A[0-9a-f]{2}$/);
});

test("removing a party's rows leaves the other's", async () => {
  await world.session.undone(async () => {
    await world.rows.removeAll(world.a);
    for (const relation of tables().filter(({ tenantColumn: column }) => column !== null)) {
      const column = pg.escapeIdentifier(relation.tenantColumn ?? "");
      const { rows } = await client.query<{ id: string }>(`select distinct ${column}::text as id from ${relation.sql}`);
      const ids = rows.map(({ id }) => id);
      expect(ids).not.toContain(world.a.organizationId);
      if (hasRow(world.b, relation)) expect(ids).toContain(world.b.organizationId);
    }
    expect((await client.query("select from app.reactions")).rowCount).toBe(1);
  });
});

test("values that a person gives win, and a row that is there shows what is accepted", async () => {
  await aside(async () => {
    await client.query(`
      drop schema app cascade;
      create table orgs (id uuid primary key default gen_random_uuid());
      create table gadgets (org_id uuid not null references orgs, word text not null check (md5(word) = '${md5OfSecret}'));
      create table shown (org_id uuid not null references orgs, word text not null check (md5(word) = '${md5OfSecret}'));
      insert into orgs default values;
      insert into shown select id, '${secret}' from orgs`);
    const other = await makeWorldOf(
      { tenantColumn, organizationsTable: "public.orgs" },
      { "public.gadgets": { word: secret } },
    );
    for (const table of ["gadgets", "shown"])
      expect(other.row(other.a, tableNamed(table, other)).values["word"]).toBe(secret);
  });
});
const md5OfSecret = "9e107d9d372bb6826bd81d3542a419d6";

test.each([
  ["rows-workspaces.sql", "workspace_id", "public.workspaces"],
  ["rows-teams.sql", "team", 'core."Team"'],
])("a schema as others write it gets all of its rows: %s", async (file, column, table) => {
  await aside(async () => {
    await client.query("drop schema app cascade");
    await client.query(await readFile(new URL(file, import.meta.url), "utf8"));
    expect(reasonsOf(await makeWorldOf({ tenantColumn: column, organizationsTable: table }))).toEqual([]);
  });
});

test("every table of the reference application gets its rows", async () => {
  const folder = fileURLToPath(new URL("../../../../apps/web/sql", import.meta.url));
  const passwords = { runtime: "runtime-password", identity: "identity-password", operator: "operator-password" };
  const before = client;
  client = await openDatabase(`${name}_reference`);
  try {
    const adminUrl = withDatabase(server, `${name}_reference`);
    await migrate({
      adminUrl,
      passwords,
      sources: [{ name: "web", folder }],
      tables: { tenant: ["projects", "tasks"] },
    });
    await client.query("begin");
    const made = await makeWorldOf({ tenantColumn: "organization_id", organizationsTable: "rowhouse.organizations" });
    expect(reasonsOf(made)).toEqual([]);
  } finally {
    await client.end();
    client = before;
    await dropDatabase(server, `${name}_reference`);
  }
});

test("checks of the usual forms are satisfied, whatever their numbers", async () => {
  const number = integer({ min: -5000, max: 5000 });
  const some = tuple(number, integer({ min: 1, max: 40 })).chain(([low, width]) =>
    constantFrom(
      ["integer", `c between ${low} and ${low + width}`],
      ["integer", `c > ${low} and c <> ${low + 1} and c % 2 = 0`],
      ["numeric(8,3)", `c >= ${low} and c < ${low} + 0.5`],
      ["text", `length(c) = ${width}`],
      ["text", `c ~ '^[A-Z]{${width}}-\\d{2,3}$'`],
      ["text", `c in ('one', 'two') and c <> 'one'`],
      ["text", `c like 'pre${width}%' and char_length(c) between ${width + 6} and ${width + 8}`],
      ["bytea", `octet_length(c) = 32`],
      ["date", `c >= '2031-03-0${(width % 9) + 1}' and c < '2031-04-01'`],
      ["text[]", `cardinality(c) = ${width}`],
      ["jsonb", `c ? 'k${width}'`],
    ),
  );
  const list = asyncProperty(some, some, async (first, second) => {
    await aside(async () => {
      await client.query(`drop schema app cascade; create table orgs (id uuid primary key);
        create table t (org_id uuid not null references orgs, c ${first[0]} not null check (${first[1]}));
        create table u (org_id uuid not null references orgs, c ${second[0]} not null, d text, check (${second[1]} and d <> 'x'))`);
      expect(reasonsOf(await makeWorldOf({ tenantColumn, organizationsTable: "public.orgs" }))).toEqual([]);
    });
  });
  await assert(list, { numRuns: 12 });
});

async function openDatabase(called: string): Promise<pg.Client> {
  await ensureDatabase(server, called);
  const opened = new pg.Client({ connectionString: withDatabase(server, called) });
  await opened.connect();
  return opened;
}

/** What is done to the database is taken back. */
async function aside(work: () => Promise<void>): Promise<void> {
  await client.query("savepoint aside");
  try {
    await work();
  } finally {
    await client.query("rollback to savepoint aside; release savepoint aside");
  }
}

async function makeWorldOf(
  subject: { tenantColumn: string; organizationsTable: string },
  values: GivenValues = {},
): Promise<World> {
  const whole = { ...subject, appRoles: ["pg_monitor"], contextSettings: ["app.org"] };
  const session = await openSession(client, { role: "pg_monitor", enter: enterBySetting(whole) });
  return makeWorld(session, await readCatalog(client, whole), values);
}

function tables(of: World = world): readonly Relation[] {
  return of.catalog.tenantTables.filter(isTable);
}

function tableNamed(table: string, of: World = world): Relation {
  const found = of.catalog.relations.find((each) => each.name === table);
  if (found === undefined) throw new TypeError(`There is no table ${table}.`);
  return found;
}

/** Why rows could not be made. */
function reasonsOf(of: World): string[] {
  const parties = [of.a, of.b];
  return [...new Set(tables(of).flatMap((relation) => parties.flatMap((party) => reasonOf(of, party, relation))))];
}

function reasonOf(of: World, party: Party, relation: Relation): string[] {
  try {
    of.row(party, relation);
    return [];
  } catch (error) {
    if (error instanceof CannotTell) return [error.message];
    throw error;
  }
}

function hasRow(party: Party, relation: Relation): boolean {
  return reasonOf(world, party, relation).length === 0;
}

/** Foreign keys of a table whose rows point to nothing: they may have been written without anybody asking. */
async function danglingOf(relation: Relation): Promise<string[]> {
  const dangling: string[] = [];
  for (const { name: key, columns, target, targetColumns } of relation.foreignKeys) {
    const parent = world.catalog.byOid.get(target);
    const same = columns.map(
      (column, index) => `p.${pg.escapeIdentifier(targetColumns[index] ?? "")} = c.${pg.escapeIdentifier(column)}`,
    );
    const whole = columns.map((column) => `c.${pg.escapeIdentifier(column)} is not null`);
    const { rowCount } = await client.query(
      `select from ${relation.sql} as c where ${whole.join(" and ")}
       and not exists (select from ${parent?.sql ?? ""} as p where ${same.join(" and ")})`,
    );
    if (rowCount !== 0) dangling.push(`${relation.sql}.${key}`);
  }
  return dangling;
}
