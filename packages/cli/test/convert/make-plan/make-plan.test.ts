import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCatalog } from "../../../src/convert/catalog/read-catalog.ts";
import { fingerprintOf } from "../../../src/convert/fingerprint.ts";
import { makePlan, type PlanWishes } from "../../../src/convert/make-plan/make-plan.ts";
import type { OrmRelation } from "../../../src/convert/orm/orm-relation.ts";
import { planIndexes } from "../../../src/convert/phases/indexes.ts";
import { readSchema } from "../../../src/convert/run/read-schema.ts";
import { openPlanning, tableOf, users, type Planning } from "./open-planning.ts";

const name = `convert_make_plan_${process.pid}`;
let planning: Planning;
let client: pg.Client;
beforeAll(async () => {
  planning = await openPlanning(name);
  ({ client } = planning);
});
afterAll(async () => planning[Symbol.asyncDispose]());
const planOf: Planning["planOf"] = (schema, wishes) => planning.planOf(schema, wishes);
const inSchema: Planning["inSchema"] = (schema, work) => planning.inSchema(schema, work);

test.each([
  ["no table of users", "create table things (id int primary key, name text)", /No table of users was found/],
  [
    "several that are as good",
    `create table customers (id int primary key, email text, password text); create table staff (id int primary key, email text, password text);`,
    /More than one table may hold the users: public\.(customers|staff), public\.(customers|staff)/,
  ],
  [
    "users that belong to a tenant",
    `create table families (id int primary key); create table users (id int primary key, family_id int not null references families, email text, password text);
     create table accounts (id int primary key, family_id int not null references families); create table tags (id int primary key, family_id int not null references families);`,
    /The tenant anchor is not users: every row of public\.users belongs to one of public\.families/,
  ],
  [
    "a column of the new one's name",
    `${users} create table notes (id int primary key, user_id bigint not null references users, organization_id text);`,
    /public\.notes has a column organization_id already.*--column/,
  ],
])("stops at %s and says what to do", async (_, schema, message) => {
  await expect(planOf(schema)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringMatching(message) as string,
  });
});

const notes = `${users} create table notes (id int primary key, user_id bigint not null, "billTo" bigint, customer text);`;
const relation: OrmRelation = {
  table: "public.notes",
  columns: ["user_id"],
  parent: "public.users",
  parentColumns: ["id"],
  optional: false,
  at: "schema.ts:3",
};

test.each<[string, Partial<PlanWishes>, RegExp]>([
  ["a role", { applicationRole: "nobody_here" }, /There is no role nobody_here\. Give --application-role/],
  ["a role that is an address", { applicationRole: "postgres://a:secret@b" }, /There is no role \(an address\)/],
  ["a table of users", { usersTable: "people" }, /There is no table people.*--users-table/],
  ["a customer's table", { stripeCustomer: "bills.customer" }, /--stripe-customer was bills\.customer/],
  ["a customer's column", { stripeCustomer: "notes.stripe" }, /public\.notes has no column stripe.*it has id, user_id/],
  [
    "a table of an ORM",
    { relations: [{ ...relation, table: "public.gone" }] },
    /no table public\.gone \(schema\.ts:3\)/,
  ],
  [
    "a column of an ORM",
    { relations: [{ ...relation, columns: ["userId"] }] },
    /public\.notes has no column userId \(schema\.ts:3\).*--casing/,
  ],
])("a wish is refused that names %s that is not there", async (_, wishes, message) => {
  const refusal = expect(planOf(notes, wishes)).rejects;
  await refusal.toMatchObject({ code: "INVALID_INPUT", message: expect.stringMatching(message) as string });
});

test("what an ORM says and the names do not is followed, and wishes that fit stand in the plan", async () => {
  const wishes = { applicationRole: "postgres", stripeCustomer: "notes.customer" };
  const plan = await planOf(notes.replace("user_id", "written"), {
    ...wishes,
    relations: [{ ...relation, columns: ["written"] }],
  });
  expect(plan).toMatchObject(wishes);
  expect(tableOf(plan, "notes").derive).toEqual({ by: "user", column: "written" });
});

test("a role that may not read a table is told which, and what to grant", async () => {
  const role = `${name}_reader`;
  const schema = `${notes} create role ${role}; grant select on users to ${role}; set local role ${role};`;
  const work = async (): Promise<unknown> => makePlan(client, { lazy: false, relations: [] });
  await expect(inSchema(schema, work)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: `The role ${role} may not read public.notes. Connect as another, or grant it: grant select on public.notes to ${role};`,
  });
});

test("a publication is told once, with the tables that change", async () => {
  const plan = await planOf(`${notes} create publication everything for all tables;`);
  expect(plan.issues).toMatchObject([
    expect.stringMatching(/^The publication everything holds public\.notes: /),
    "Names of one table or its columns need quotes: SQL by hand has to write them so.",
  ]);
});

test("keys that come to the same within an organization become one, and no two new ones share a name", async () => {
  const schema = `${users} create table pages (id int primary key, user_id bigint not null references users, slug text, live boolean,
    constraint by_user unique (user_id, slug), constraint by_slug unique (slug));
    create unique index by_user_live on pages (user_id, slug) where live; create unique index by_user_twin on pages (slug, user_id);`;
  await inSchema(schema, async () => {
    const { plan } = await makePlan(client, { lazy: false, relations: [] });
    const { uniques } = tableOf(plan, "pages");
    expect(uniques.find(({ index }) => index === "by_user_twin")?.reason).toContain("what by_user says");
    const tables = plan.tables.map((each) => ({
      ...each,
      uniques: each.uniques.map((one) => ({ ...one, widen: true })),
    }));
    const steps = planIndexes({ ...plan, tables }, await readSchema(client));
    expect(steps.map(({ do: [made] }) => made?.statements.join().replace(/^.*index concurrently /, ""))).toEqual([
      '"pages_organization_slug_key" on public.pages ("organization_id", slug)',
      '"pages_organization_slug_key_2" on public.pages ("organization_id", slug) where live',
    ]);
  });
});

test("without foreign keys names are followed as far as the rows bear them out", async () => {
  const plan = await planOf(`${users}
    create table sites (id int primary key, user_id bigint not null); insert into sites select n, n from generate_series(1, 4) n;
    create table visits (id int primary key, site_id int not null); insert into visits select n, 1 + n % 4 from generate_series(1, 9) n;
    create table imports (id int primary key, user_id bigint not null); insert into imports select n, n + 100 from generate_series(1, 9) n;`);
  expect(tableOf(plan, "visits")).toMatchObject({ class: "tenant", derive: { by: "parent", parent: "public.sites" } });
  expect(tableOf(plan, "visits").references).toMatchObject([{ constraint: null, composite: false }]);
  expect(tableOf(plan, "imports").class, "no row has a user that exists").toBe("ask");
});

test("users whose table has a name of two words own what names them so", async () => {
  const plan = await planOf(`create table "AppUser" ("Id" int primary key, "Email" text, "PasswordHash" text);
    create table cards ("Id" int primary key, "AppUserId" int not null references "AppUser", face text);
    create table refresh_tokens ("Id" int primary key, "AppUserId" int not null references "AppUser", "Token" text unique);`);
  expect(tableOf(plan, "cards")).toMatchObject({ confidence: 0.97, derive: { by: "user", column: "AppUserId" } });
  expect(tableOf(plan, "refresh_tokens").class).toBe("identity");
});

test("who wrote a row does not own it where the rows show another owner", async () => {
  const schema = (author: string): string => `${users}
    create table topics (id int primary key, user_id bigint not null references users);
    create table posts (id int primary key, topic_id int not null references topics, user_id bigint not null references users);
    insert into topics select n, n from generate_series(1, 4) n; insert into posts select n, n, ${author} from generate_series(1, 4) n;`;
  expect(tableOf(await planOf(schema("n")), "posts").derive).toEqual({ by: "user", column: "user_id" });
  expect(tableOf(await planOf(schema("1 + n % 4")), "posts").derive).toMatchObject({
    by: "parent",
    parent: "public.topics",
  });
});

test("a reference that the rows use across owners gets no twin, and the table says so", async () => {
  const plan = await planOf(`${users}
    create table tags (id int primary key, user_id bigint not null references users, name text, unique (user_id, name));
    create table notes (id int primary key, user_id bigint not null references users, tag_id int references tags, slug text unique);
    insert into tags select n, n from generate_series(1, 4) n; insert into notes select n, n, 1 from generate_series(1, 4) n;`);
  const notes = tableOf(plan, "notes");
  expect(notes.references).toMatchObject([{ columns: ["tag_id"], composite: false }]);
  expect(notes.issues.join()).toMatch(
    /3 of 4 rows looked at refer by tag_id to a row of public\.tags of another owner/,
  );
  expect(notes.uniques).toMatchObject([{ columns: ["slug"], widen: false }]);
  expect(tableOf(plan, "tags").uniques).toMatchObject([{ columns: ["user_id", "name"], widen: true }]);
});

test("rows without an owner are asked about, and a nullable owner alone is not", async () => {
  const schema = (condition: string): string => `${users}
    create table polls (id int primary key, user_id bigint references users); insert into polls select n, case when ${condition} then n end from generate_series(1, 4) n;`;
  expect((await planOf(schema("n > 1"))).questions).toMatchObject([
    { id: "unowned:public.polls", choices: ["guest", "leave", "delete", "mixed"] },
  ]);
  expect((await planOf(schema("true"))).questions).toEqual([]);
});

test("what stands in a conversion's way is said of each table", async () => {
  const plan = await planOf(`${users}
    create domain mood as text;
    create table "Order" (id int, "userId" bigint not null references users on delete cascade, m mood, twice int generated always as (id * 2) stored);
    create function quiet() returns trigger language plpgsql as 'begin return new; end'; create trigger touch before update on "Order" for each row execute function quiet();
    create view orders as select * from "Order"; create materialized view totals as select count(*) from orders;
    alter table "Order" enable row level security; create policy own on "Order" using (true);
    create table events (id int, user_id bigint not null references users, at date) partition by range (at);
    create table events_1 partition of events for values from ('2026-01-01') to ('2027-01-01');`);
  const order = plan.tables.find(({ table }) => table === 'public."Order"');
  expect(order).toMatchObject({ class: "tenant", path: [{ from: 'public."Order"."userId"', to: "public.users.id" }] });
  const said = order?.issues.join("\n");
  for (const words of [
    "no primary key",
    "Generated columns: twice",
    "domain: m",
    "row security already (own)",
    "Triggers: touch",
    "Views show it with their owner's rights",
    "public.orders",
    "Materialized views hold rows of everybody: public.totals",
  ])
    expect(said).toContain(words);
  expect(tableOf(plan, "events").issues.join()).toContain("It is partitioned");
  expect(plan.tables.map(({ table }) => table)).not.toContain("public.events_1");
});

test("the fingerprint is another where a column is, and the same with the new column", async () => {
  const schema = `${users} create table notes (id int primary key, user_id bigint not null references users);`;
  const fingerprint = async (change: string): Promise<string> => {
    await client.query(`begin; ${schema} ${change}`);
    const catalog = await readCatalog(client);
    await client.query("rollback");
    return fingerprintOf(catalog, "organization_id");
  };
  const before = await fingerprint("");
  expect(await fingerprint("alter table notes add body text")).not.toBe(before);
  expect(await fingerprint("alter table notes add organization_id uuid")).toBe(before);
});
