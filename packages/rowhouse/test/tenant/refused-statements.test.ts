import {
  CompiledQuery,
  CreateTableNode,
  sql,
  TableNode,
  type Compilable,
  type OperationNode,
  type RootOperationNode,
} from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCompiler, organizationId, sqlOf } from "../fixture/compile-scoped.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";

const db = openCompiler();
const row = { name: "a" } as never;

const refused: Record<string, readonly [string, () => Compilable]> = {
  MERGE: [
    "UNSCOPABLE_STATEMENT",
    () => db.mergeInto("projects").using("tasks", "tasks.projectId", "projects.id").whenMatched().thenDelete(),
  ],
  "MERGE behind WITH": [
    "UNSCOPABLE_STATEMENT",
    () =>
      db
        .with("x", (q) => q.selectFrom("tasks").selectAll())
        .mergeInto("projects")
        .using("x", "x.projectId", "projects.id")
        .whenMatched()
        .thenDelete(),
  ],
  "CREATE TABLE": ["UNSCOPABLE_STATEMENT", () => db.schema.createTable("loot").addColumn("id", "text")],
  "DROP TABLE": ["UNSCOPABLE_STATEMENT", () => db.schema.dropTable("projects")],
  "a table that is not listed": ["UNKNOWN_TABLE", () => db.selectFrom("secrets").selectAll()],
  "a join of a table that is not listed": [
    "UNKNOWN_TABLE",
    () => db.selectFrom("projects").innerJoin("secrets", "secrets.id", "projects.id").select("name"),
  ],
  "a catalog table": ["UNKNOWN_TABLE", () => db.withSchema("pg_catalog").selectFrom("projects").selectAll()],
  "a table of another schema": ["UNKNOWN_TABLE", () => db.withSchema("other").selectFrom("projects").selectAll()],
  "an unlisted table that a WITH query elsewhere is named as": [
    "UNKNOWN_TABLE",
    () =>
      db
        .selectFrom("secrets")
        .selectAll()
        .where((eb) =>
          eb
            .exists(
              db
                .with("secrets", (q) => q.selectFrom("plans").select("code"))
                .selectFrom("secrets")
                .selectAll(),
            )
            .and(eb.val(true)),
        ),
  ],
  "an unlisted table behind a WITH query of its own name": [
    "UNKNOWN_TABLE",
    () =>
      db
        .with("secrets", (q) => q.selectFrom("secrets").select("id"))
        .selectFrom("secrets")
        .selectAll(),
  ],
  "an insert into a global table": ["READ_ONLY_TABLE", () => db.insertInto("plans").values({ code: "x", name: "x" })],
  "an update of a global table": ["READ_ONLY_TABLE", () => db.updateTable("plans").set({ name: "x" })],
  "a delete from a global table": ["READ_ONLY_TABLE", () => db.deleteFrom("plans")],
  "a delete from a global table inside of WITH": [
    "READ_ONLY_TABLE",
    () =>
      db
        .with("d", (q) => q.deleteFrom("plans").returning("code"))
        .selectFrom("d")
        .selectAll(),
  ],
  "the organization in values": [
    "ORGANIZATION_FIXED",
    () => db.insertInto("projects").values({ name: "a", organizationId }),
  ],
  "the organization in columns": [
    "ORGANIZATION_FIXED",
    () =>
      db
        .insertInto("projects")
        .columns(["organizationId", "name"])
        .expression((eb) => eb.selectFrom("projects").select(["organizationId", "name"])),
  ],
  "the organization in an update": ["ORGANIZATION_FIXED", () => db.updateTable("projects").set({ organizationId })],
  "the organization in an update by its column name": [
    "ORGANIZATION_FIXED",
    () => db.updateTable("projects").set({ organization_id: organizationId } as never),
  ],
  "the organization in on conflict": [
    "ORGANIZATION_FIXED",
    () =>
      db
        .insertInto("projects")
        .values(row)
        .onConflict((oc) => oc.column("name").doUpdateSet({ organizationId })),
  ],
  "the organization by a raw column": [
    "UNSCOPABLE_STATEMENT",
    () => db.updateTable("projects").set(sql.raw("organization_id"), organizationId as never),
  ],
  "the organization by a raw reference": [
    "ORGANIZATION_FIXED",
    () =>
      db.updateTable("projects").set((eb) => ({ [eb.ref("organizationId") ? "organizationId" : ""]: organizationId })),
  ],
  "a right join in an update": [
    "UNSCOPABLE_STATEMENT",
    () => db.updateTable("projects").from("plans").rightJoin("tasks", "tasks.title", "plans.name").set({ name: "a" }),
  ],
  "a full join in a delete": [
    "UNSCOPABLE_STATEMENT",
    () => db.deleteFrom("projects").using("plans").fullJoin("tasks", "tasks.title", "plans.name"),
  ],
  "a WITH query named as a tenant table": [
    "UNSCOPABLE_STATEMENT",
    () =>
      db
        .with("tasks", (q) => q.selectFrom("plans").selectAll())
        .selectFrom("tasks")
        .selectAll(),
  ],
  "an insert from a union": [
    "UNSCOPABLE_STATEMENT",
    () =>
      db
        .insertInto("projects")
        .columns(["name"])
        .expression((eb) =>
          eb.selectFrom("tasks").select("title as name").union(eb.selectFrom("projects").select("name")),
        ),
  ],
  "an insert from raw SQL": [
    "UNSCOPABLE_STATEMENT",
    () =>
      db
        .insertInto("projects")
        .columns(["name"])
        .expression(sql`select 'x'`),
  ],
  "an insert without columns": [
    "UNSCOPABLE_STATEMENT",
    () => db.insertInto("projects").expression((eb) => eb.selectFrom("tasks").select("title")),
  ],
};

describe("what cannot be bound to one organization is refused before it is sent", () => {
  it.each(Object.entries(refused))("%s", (_, [code, build]) => {
    expect(() => sqlOf(build())).toThrow(expect.objectContaining({ name: "RowhouseError", code }));
  });
});

describe("on a tenant's handle", () => {
  let world: TwoOrganizations;
  beforeAll(async () => {
    world = await openTwoOrganizations();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  it("a schema change through the executor is refused: UNSCOPABLE_STATEMENT", async () => {
    await world.inAcme(async ({ db: handle }) => {
      const node: RootOperationNode = CreateTableNode.create(TableNode.create("loot"));
      expect(() => handle.getExecutor().compileQuery(node, { queryId: "x" })).toThrow(
        expect.objectContaining({ code: "UNSCOPABLE_STATEMENT" }),
      );
    });
  });

  it.each([
    "create table loot (id int)",
    "drop table projects",
    "alter table projects add column x int",
    "truncate projects",
    "insert into plans values ('x', 'x')",
  ])("`%s` as a ready-made statement is refused by the database: ROW_SECURITY", async (text) => {
    const work = world.inAcme(({ db: handle }) => handle.getExecutor().executeQuery(CompiledQuery.raw(text)));
    await expect(work).rejects.toMatchObject({ code: "ROW_SECURITY" });
  });

  it("a ready-made select of everything shows the organization's rows alone", async () => {
    const { rows } = await world.inAcme(({ db: handle }) =>
      handle.getExecutor().executeQuery(CompiledQuery.raw("select name from projects")),
    );
    expect(rows).toEqual([{ name: "acme secret" }]);
  });

  it("streaming, destroying and unknown nodes are refused", async () => {
    await world.inAcme(async ({ db: handle }) => {
      const stream = handle.selectFrom("projects").select("name").stream();
      await expect(stream.next()).rejects.toMatchObject({ code: "UNSCOPABLE_STATEMENT" });
      const node: OperationNode = { kind: "DropViewNode" };
      expect(() => handle.getExecutor().compileQuery(node as RootOperationNode, { queryId: "x" })).toThrow(
        /cannot run in a tenant scope/,
      );
    });
  });
});
