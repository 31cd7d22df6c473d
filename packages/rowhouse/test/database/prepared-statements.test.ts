import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTwoOrganizations, type FixtureTenant, type TwoOrganizations } from "../fixture/two-organizations.ts";

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations({ maxConnections: 1 });
});

afterAll(() => world[Symbol.asyncDispose]());

const countPrepared = async ({ db }: FixtureTenant): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_prepared_statements`.execute(db);
  return rows[0]?.n ?? -1;
};

describe("named statements", () => {
  it("are used again for the same text", async () => {
    const texts = await world.inAcme(async (tenant) => {
      for (let time = 0; time < 5; time += 1) await tenant.db.selectFrom("projects").select("name").execute();
      const { rows } = await sql<{
        n: number;
      }>`select count(*)::int as n from pg_prepared_statements where statement like 'select "name" from "projects"%'`.execute(
        tenant.db,
      );
      return rows;
    });
    expect(texts).toEqual([{ n: 1 }]);
  });

  it("stay at most 256, however many texts there are, and the first text still works", async () => {
    await world.inAcme(async (tenant) => {
      const first = () =>
        tenant.db
          .selectFrom("projects")
          .select(sql<number>`0`.as("n"))
          .execute();
      await first();
      for (let n = 1; n <= 400; n += 1) await sql.raw(`select ${n} as n`).execute(tenant.db);
      expect(await countPrepared(tenant)).toBeLessThanOrEqual(256);
      expect(await countPrepared(tenant)).toBeGreaterThan(200);
      expect(await first()).toEqual([{ n: 0 }]);
    });
  });

  it("survive a change of the schema between two uses", async () => {
    const { admin } = world.fixture;
    await world.inAcme(async ({ db }) => {
      const all = () => db.selectFrom("projects").selectAll().execute();
      await all();
      await admin.query("alter table projects add column color text default 'red'");
      expect((await all())[0]).toMatchObject({ color: "red" });
      await admin.query("alter table projects drop column color");
      expect((await all())[0]).not.toHaveProperty("color");
    });
  });

  it("that the server has forgotten are made again", async () => {
    await world.inAcme(async ({ db }) => {
      const names = () => db.selectFrom("projects").select("name").execute();
      await names();
      // Outside of the pool's knowledge, as a pooler would do it; the connection is dirty and closed after its release.
      await sql`deallocate all`.execute(db).catch(() => undefined);
      expect(await names()).toEqual([{ name: "acme secret" }]);
    });
  });

  it("work again after an error of any kind in the same text", async () => {
    await world.inAcme(async ({ db }) => {
      const divide = (by: number) => sql<{ n: number }>`select 10 / ${by}::int as n`.execute(db);
      for (const by of [5, 0, 5, 0, 0, 5]) {
        if (by === 0) await expect(divide(by)).rejects.toMatchObject({ code: "INVALID_VALUE", sqlstate: "22012" });
        else expect((await divide(by)).rows).toEqual([{ n: 2 }]);
      }
      await expect(sql`select nonsense from nowhere`.execute(db)).rejects.toMatchObject({ code: "DATABASE_ERROR" });
      await expect(sql`select nonsense from nowhere`.execute(db)).rejects.toMatchObject({ code: "DATABASE_ERROR" });
    });
  });

  it("are not used at all with prepare: false", async () => {
    await using tenancy = world.fixture.open({}, { maxConnections: 1, prepare: false });
    const counts = await tenancy.enter({ organization: "acme", user: world.acme.ownerId }, async (tenant) => {
      await tenant.db.selectFrom("projects").select("name").execute();
      await tenant.transaction((inner) => inner.db.selectFrom("projects").select("name").execute());
      return countPrepared(tenant);
    });
    expect(counts).toBe(0);
  });
});
