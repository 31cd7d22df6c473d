import { and, eq, exists, inArray, like, or, sql } from "drizzle-orm";
import { alias, QueryBuilder } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDrizzle } from "../../src/adapters/drizzle.ts";
import { refused } from "../fixture/refused.ts";
import type { TwoOrganizations } from "../fixture/two-organizations.ts";
import { openWithoutRowSecurity, undone, type Db } from "./drizzle-alone.ts";
import { plans, projects, schema, secrets, tasks } from "./drizzle-schema.ts";

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openWithoutRowSecurity(3);
});

afterAll(() => world[Symbol.asyncDispose]());

const foreignNames = async (): Promise<string[]> =>
  (
    await world.fixture.admin.query<{ name: string }>("select name from projects where organization_id = $1", [
      world.globex.id,
    ])
  ).rows.map(({ name }) => name);

describe("with row security dropped, Drizzle reads the organization's rows alone", () => {
  const reads: Record<string, (db: Db) => Promise<unknown>> = {
    "a select": (db) => db.select({ name: projects.name }).from(projects),
    "a condition that would reach around the tenant's": (db) =>
      db
        .select({ name: projects.name })
        .from(projects)
        .where(sql`name = 'x' or true`),
    "an or": (db) =>
      db
        .select({ name: projects.name })
        .from(projects)
        .where(or(eq(projects.name, "x"), sql`true`)),
    "an alias": (db) => {
      const other = alias(projects, "tasks");
      return db.select({ name: other.name }).from(other);
    },
    "a right join": (db) =>
      db.select({ name: projects.name }).from(tasks).rightJoin(projects, eq(tasks.projectId, projects.id)),
    "a full join": (db) =>
      db.select({ name: projects.name }).from(tasks).fullJoin(projects, eq(tasks.projectId, projects.id)),
    "a left join on anything": (db) =>
      db
        .selectDistinct({ name: projects.name })
        .from(tasks)
        .leftJoin(projects, sql`true or false`),
    "a cross join": (db) => db.selectDistinct({ name: projects.name }).from(tasks).crossJoin(projects),
    "a sub-query": (db) => {
      const inner = db.select({ name: projects.name }).from(projects).as("inner");
      return db.select({ name: inner.name }).from(inner);
    },
    "a WITH query": (db) => {
      const named = db.$with("named").as(db.select({ name: projects.name }).from(projects));
      return db.with(named).select({ name: named.name }).from(named);
    },
    "a union": (db) =>
      db
        .select({ name: projects.name })
        .from(projects)
        .union(db.select({ name: projects.name }).from(projects)),
    "a sub-query in a condition": (db) =>
      db
        .select({ name: projects.name })
        .from(projects)
        .where(
          and(
            inArray(projects.id, db.select({ id: tasks.projectId }).from(tasks)),
            exists(
              db
                .select({ one: sql`1` })
                .from(tasks)
                .where(eq(tasks.projectId, projects.id)),
            ),
          ),
        ),
    "a locking clause": (db) => db.select({ name: projects.name }).from(projects).for("update"),
    "a prepared statement": (db) =>
      db
        .select({ name: projects.name })
        .from(projects)
        .where(like(projects.name, sql.placeholder("name")))
        .prepare("by_name")
        .execute({ name: "%secret" }),
  };

  it.each(Object.entries(reads))("%s", (_, read) =>
    undone(world, async (db) => expect(await read(db)).toEqual([{ name: "acme secret" }])),
  );

  it("relational queries, at every depth", () =>
    undone(world, async (db) => {
      const found = await db.query.projects.findMany({
        columns: { name: true },
        with: { tasks: { columns: { title: true }, with: { project: { columns: { name: true } } } } },
      });
      expect(found).toEqual([
        { name: "acme secret", tasks: [{ title: "acme task", project: { name: "acme secret" } }] },
      ]);
      expect(await db.query.projects.findFirst({ where: eq(projects.name, "globex secret") })).toBeUndefined();
    }));

  it("a count, alone and as a column, in a transaction inside of another as well", () =>
    undone(world, async (db) => {
      expect(await db.$count(projects)).toBe(1);
      expect(await db.transaction((inner) => inner.$count(projects, sql`false or true`))).toBe(1);
      expect(await db.select({ n: db.$count(tasks) }).from(projects)).toEqual([{ n: 1 }]);
      await world.inAcme(async (tenant) => expect(await openDrizzle(tenant).$count(projects)).toBe(1));
    }));
});

describe("with row security dropped, Drizzle writes the organization's rows alone", () => {
  it("an insert is stamped", () =>
    undone(world, async (db) => {
      const [own, named] = await db
        .insert(projects)
        .values([{ name: "a" }, { name: "b", organizationId: world.acme.id }])
        .returning();
      expect([own?.organizationId, named?.organizationId]).toEqual([world.acme.id, world.acme.id]);
    }));

  it("an insert from a select is stamped, whatever the select says", () =>
    undone(world, async (db) => {
      const rows = await db
        .insert(tasks)
        .select(
          db
            .select({
              organizationId: sql<string>`${world.globex.id}::uuid`.as("organization_id"),
              id: sql<string>`gen_random_uuid()`.as("id"),
              projectId: projects.id,
              title: sql<string>`'copied'`.as("title"),
              presetId: sql<string | null>`null::uuid`.as("preset_id"),
            })
            .from(projects),
        )
        .returning({ organizationId: tasks.organizationId, title: tasks.title });
      expect(rows).toEqual([{ organizationId: world.acme.id, title: "copied" }]);
    }));

  it("another organization's row is not updated, deleted or reached by a conflict", () =>
    undone(world, async (db) => {
      const foreign = eq(projects.name, "globex secret");
      expect(
        (
          await db
            .update(projects)
            .set({ name: "taken" })
            .where(or(foreign, sql`true`))
            .returning()
        ).length,
      ).toBe(1);
      expect((await db.update(projects).set({ name: "taken" }).from(tasks).where(foreign).returning()).length).toBe(0);
      expect(
        (
          await db
            .delete(tasks)
            .where(sql`true or true`)
            .returning()
        ).length,
      ).toBe(1);
      expect((await db.delete(projects).where(foreign).returning()).length).toBe(0);
      expect(await foreignNames()).toEqual(["globex secret"]);
    }));

  it("a unique key without the organization lets no conflict reach another's row", async () => {
    await world.fixture.admin.query("create unique index only_one_name on projects (name)");
    try {
      for (const setWhere of [undefined, sql`true or true`]) {
        await undone(world, async (db) => {
          const set = { createdAt: new Date(0) };
          const insert = db.insert(projects).values({ name: "globex secret" });
          const rows = await insert
            .onConflictDoUpdate({ target: projects.name, set, ...(setWhere && { setWhere }) })
            .returning();
          expect(rows).toEqual([]);
          expect(await db.insert(projects).values({ name: "globex secret" }).onConflictDoNothing().returning()).toEqual(
            [],
          );
        });
      }
    } finally {
      await world.fixture.admin.query("drop index only_one_name");
    }
  });

  it.each<[string, (db: Db) => Promise<unknown>]>([
    ["an insert", (db) => db.insert(projects).values({ name: "x", organizationId: world.globex.id })],
    [
      "an insert by an expression",
      (db) => db.insert(projects).values({ name: "x", organizationId: sql`gen_random_uuid()` }),
    ],
    ["an update", (db) => db.update(projects).set({ organizationId: world.globex.id })],
    [
      "a conflict",
      async (db) =>
        db
          .insert(projects)
          .values({ name: "x" })
          .onConflictDoUpdate({
            target: [projects.organizationId, projects.name],
            set: { organizationId: world.globex.id },
          }),
    ],
  ])("%s that names another organization is ORGANIZATION_FIXED", (_, write) =>
    undone(world, (db) => refused((async () => write(db))(), "ORGANIZATION_FIXED")),
  );

  it.each<[string, "UNKNOWN_TABLE" | "READ_ONLY_TABLE" | "UNSCOPABLE_STATEMENT", (db: Db) => Promise<unknown>]>([
    ["a table that no setting names", "UNKNOWN_TABLE", (db) => db.select().from(secrets)],
    ["the same in a relational query", "UNKNOWN_TABLE", (db) => db.query.secrets.findMany()],
    ["a write to a global table", "READ_ONLY_TABLE", (db) => db.insert(plans).values({ code: "x", name: "x" })],
    [
      "a query that another builder made",
      "UNSCOPABLE_STATEMENT",
      (db) => db.select().from(new QueryBuilder().select({ name: projects.name }).from(projects).as("other")),
    ],
    [
      "the same in a condition",
      "UNSCOPABLE_STATEMENT",
      (db) =>
        db
          .select()
          .from(plans)
          .where(exists(new QueryBuilder().select().from(projects))),
    ],
    [
      "a WITH query called as a tenant table",
      "UNSCOPABLE_STATEMENT",
      (db) =>
        db
          .with(db.$with("projects").as(db.select().from(tasks)))
          .select()
          .from(projects),
    ],
  ])("%s is %s", (_, code, query) => undone(world, (db) => refused((async () => query(db))(), code)));

  it("a query that another tenant's handle built is refused", async () => {
    const theirs = await world.inGlobex(async (tenant) =>
      openDrizzle(tenant, { schema }).select({ name: projects.name }).from(projects).as("theirs"),
    );
    await undone(world, (db) => refused((async () => db.select().from(theirs))(), "UNSCOPABLE_STATEMENT"));
  });
});
