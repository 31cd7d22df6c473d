import { CamelCasePlugin, sql, type Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openKysely } from "../../src/adapters/kysely.ts";
import type { TenantTables } from "../../src/tenant/tenant.ts";
import type { FixtureDatabase } from "../fixture/test-tenancy.ts";
import { refused } from "../fixture/refused.ts";
import { openTwoOrganizations, type FixtureTenant, type TwoOrganizations } from "../fixture/two-organizations.ts";
import type { PlainDatabase } from "./kysely-contestant.ts";

type Db = Kysely<TenantTables<PlainDatabase>>;

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations({ maxConnections: 3 });
});

afterAll(() => world[Symbol.asyncDispose]());

const inAcme = <T>(work: (db: Db, tenant: FixtureTenant) => Promise<T>): Promise<T> =>
  world.inAcme((tenant) => work(openKysely<PlainDatabase>(tenant), tenant));

describe("Kysely for a tenant", () => {
  it("names everything as Postgres does, or as its plugins do", async () => {
    await inAcme(async (db, tenant) => {
      const [plain] = await db.selectFrom("projects").selectAll().execute();
      expect(Object.keys(plain ?? {}).sort()).toEqual(["created_at", "id", "name", "organization_id"]);
      const camel = openKysely<FixtureDatabase>(tenant, { plugins: [new CamelCasePlugin()] });
      const [row] = await camel.selectFrom("projects").select(["organizationId", "createdAt"]).execute();
      expect(row).toEqual({ organizationId: world.acme.id, createdAt: expect.any(Date) as Date });
    });
  });

  it("takes neither the tenant's column nor tables that no setting names", () =>
    inAcme(async (db, tenant) => {
      // @ts-expect-error the organization is the scope's to set
      const update = db.updateTable("projects").set({ organization_id: world.globex.id });
      await refused(update.execute(), "ORGANIZATION_FIXED");
      const camel = openKysely<FixtureDatabase>(tenant, { plugins: [new CamelCasePlugin()] });
      // @ts-expect-error the same by its name in TypeScript
      const insert = camel.insertInto("projects").values({ name: "x", organizationId: world.globex.id });
      await refused(insert.execute(), "ORGANIZATION_FIXED");
      await refused(
        openKysely<{ secrets: { id: string } }>(tenant).selectFrom("secrets").selectAll().execute(),
        "UNKNOWN_TABLE",
      );
      await refused(db.schema.createTable("x").execute(), "UNSCOPABLE_STATEMENT");
    }));

  it("begins a transaction in the asked isolation, with savepoints, and gives its connection back", () =>
    inAcme(async (db) => {
      const transaction = await db.startTransaction().setIsolationLevel("serializable").execute();
      const { rows } = await sql<{ transaction_isolation: string }>`show transaction_isolation`.execute(transaction);
      expect(rows).toEqual([{ transaction_isolation: "serializable" }]);
      const saved = await transaction.savepoint("before it").execute();
      await saved.insertInto("projects").values({ name: "x" }).execute();
      const back = await saved.rollbackToSavepoint("before it").execute();
      expect((await back.selectFrom("projects").select("name").execute()).length).toBe(1);
      await back.rollback().execute();
      const { total, idle } = world.tenancy.connections();
      expect(idle).toBe(total);
    }));

  it("streams, alone and in a transaction, and a reader who leaves keeps nothing open", () =>
    inAcme(async (db, tenant) => {
      const numbers = (from: Db) => from.selectNoFrom(sql<number>`generate_series(1, 7)`.as("n")).stream(3);
      const seen: number[] = [];
      for await (const { n } of numbers(db)) seen.push(n);
      expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
      for await (const { n } of numbers(db)) if (n === 4) break;
      await db.transaction().execute(async (transaction) => {
        for await (const { n } of numbers(transaction)) if (n === 4) break;
        for await (const { name } of transaction.selectFrom("projects").select("name").stream()) {
          expect(name).toBe("acme secret");
        }
      });
      await tenant.transaction(async (within) => {
        const inside = openKysely<PlainDatabase>(within);
        for await (const { n } of numbers(inside)) {
          // The connection is not held between two portions.
          if (n === 1) expect((await inside.selectFrom("tasks").select("title").execute()).length).toBe(1);
        }
      });
      const { total, idle } = world.tenancy.connections();
      expect(idle).toBe(total);
      expect(idle).toBeGreaterThan(0);
    }));

  it("is bound in the statement itself: it holds with row security dropped", async () => {
    await world.fixture.admin.query("alter table projects disable row level security");
    try {
      await inAcme(async (db) => {
        expect(await db.selectFrom("projects").select("name").execute()).toEqual([{ name: "acme secret" }]);
        const streamed: string[] = [];
        for await (const { name } of db.selectFrom("projects").select("name").stream()) streamed.push(name);
        expect(streamed).toEqual(["acme secret"]);
        const taken = db.updateTable("projects").set({ name: "taken" }).where("id", "=", world.globex.projectId);
        expect(await taken.executeTakeFirst()).toMatchObject({ numUpdatedRows: 0n });
      });
    } finally {
      await world.fixture.admin.query("alter table projects enable row level security");
    }
  });
});
