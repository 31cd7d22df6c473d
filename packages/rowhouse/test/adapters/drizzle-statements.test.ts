import { count, eq, inArray, sql } from "drizzle-orm";
import { except, pgView, text, union } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refused } from "../fixture/refused.ts";
import type { TwoOrganizations } from "../fixture/two-organizations.ts";
import { openWithoutRowSecurity, undone, type Db } from "./drizzle-alone.ts";
import { plans, projects, tasks } from "./drizzle-schema.ts";

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openWithoutRowSecurity(1);
});

afterAll(() => world[Symbol.asyncDispose]());

const name = { name: projects.name };
const set = { createdAt: new Date(0) };

describe("with row security dropped, one statement of Drizzle's reaches the organization's rows alone", () => {
  const statements: Record<string, (db: Db) => Promise<unknown>> = {
    "a WITH query that deletes": (db) => {
      const gone = db.$with("gone").as(db.delete(projects).returning(name));
      return db.with(gone).select().from(gone);
    },
    "a WITH query that updates": (db) => {
      const changed = db.$with("changed").as(db.update(projects).set(set).returning(name));
      return db.with(changed).select().from(changed);
    },
    "an update behind WITH": (db) => {
      const named = db.$with("named").as(db.select({ id: projects.id }).from(projects));
      const among = db.select({ id: named.id }).from(named);
      return db.with(named).update(projects).set(set).where(inArray(projects.id, among)).returning(name);
    },
    "a delete behind WITH": (db) => {
      const named = db.$with("named").as(db.select({ id: projects.id }).from(projects));
      const among = db.select({ id: named.id }).from(named);
      return db.with(named).delete(projects).where(inArray(projects.id, among)).returning(name);
    },
    "an update from a sub-query": (db) => {
      const source = db.select({ id: projects.id }).from(projects).as("source");
      return db.update(projects).set(set).from(source).where(eq(source.id, projects.id)).returning(name);
    },
    "an update from a global table": (db) =>
      db.update(projects).set(set).from(plans).where(eq(plans.code, "pro")).returning(name),
    "a lateral join": (db) => {
      const each = db.select(name).from(projects).as("each");
      return db.selectDistinct({ name: each.name }).from(plans).crossJoinLateral(each);
    },
    "a union of functions": (db) => union(db.select(name).from(projects), db.select(name).from(projects)),
    "an except": (db) => except(db.select(name).from(projects), db.select({ name: tasks.title }).from(tasks)),
    "a query that is executed": async (db) => (await db.execute(db.select(name).from(projects))).rows,
    "a relational query with a page, an order and a condition": (db) =>
      db.query.projects.findMany({
        columns: { name: true },
        where: ({ name }, { like }) => like(name, "%secret"),
        orderBy: ({ name }, { desc }) => [desc(name)],
        limit: 5,
      }),
    "a relational query that is prepared": (db) =>
      db.query.projects
        .findMany({ columns: { name: true }, where: eq(projects.name, sql.placeholder("name")) })
        .prepare("by_name")
        .execute({ name: "acme secret" }),
    "a scalar sub-query": async (db) => {
      const counted = sql<number>`(${db.select({ n: count() }).from(projects)})::int`;
      const [row] = await db.select({ n: counted }).from(plans).limit(1);
      return row?.n === 1 ? [{ name: "acme secret" }] : row;
    },
    "a conflict, changed with what was to be inserted": (db) =>
      db
        .insert(projects)
        .values({ name: "acme secret" })
        .onConflictDoUpdate({ target: [projects.organizationId, projects.name], set: { name: sql`excluded.name` } })
        .returning(name),
  };

  it.each(Object.entries(statements))("%s", (_, statement) =>
    undone(world, async (db) => expect(await statement(db)).toEqual([{ name: "acme secret" }])),
  );

  it("a WITH query that inserts is stamped", () =>
    undone(world, async (db) => {
      const made = db
        .$with("made")
        .as(db.insert(projects).values({ name: "new" }).returning({ of: projects.organizationId }));
      expect(await db.with(made).select().from(made)).toEqual([{ of: world.acme.id }]);
    }));

  it.each<[string, "UNKNOWN_TABLE" | "UNSCOPABLE_STATEMENT", (db: Db) => Promise<unknown>]>([
    ["a view", "UNKNOWN_TABLE", (db) => db.select().from(pgView("names", { name: text("name") }).existing())],
    [
      "an insert from a select of Drizzle's own builder",
      "UNSCOPABLE_STATEMENT",
      (db) =>
        db.insert(projects).select((builder) =>
          builder
            .select({
              organizationId: projects.organizationId,
              id: projects.id,
              name: projects.name,
              createdAt: projects.createdAt,
            })
            .from(projects),
        ),
    ],
  ])("%s is %s", (_, code, statement) => undone(world, (db) => refused((async () => statement(db))(), code)));
});
