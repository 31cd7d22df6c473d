import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pgBouncerPath, startPgBouncer, type PgBouncer } from "@rowhouse/local-postgres";
import {
  asMember,
  openTwoOrganizations,
  type FixtureOrganization,
  type FixtureTenancy,
  type FixtureTenant,
  type TwoOrganizations,
} from "../fixture/two-organizations.ts";

/** Runs where PgBouncer is installed; nothing of it comes with npm. */
describe.skipIf(pgBouncerPath === undefined)(
  "through PgBouncer in transaction mode, over one connection for all",
  () => {
    let world: TwoOrganizations;
    let bouncer: PgBouncer;
    let tenancy: FixtureTenancy;

    beforeAll(async () => {
      world = await openTwoOrganizations();
      bouncer = await startPgBouncer({ urls: [world.fixture.runtimeUrl], mode: "transaction", connections: 1 });
      tenancy = world.fixture.open({}, { url: bouncer.url(world.fixture.runtimeUrl), prepare: false });
    });

    afterAll(async () => {
      await world[Symbol.asyncDispose]();
      await bouncer[Symbol.asyncDispose]();
    });

    const enter = <T>(organization: FixtureOrganization, work: (tenant: FixtureTenant) => Promise<T>) =>
      tenancy.enter(asMember(organization), (tenant) => work(tenant));
    const namesOf = async ({ db }: FixtureTenant) =>
      (await db.selectFrom("projects").select("name").orderBy("name").execute()).map(({ name }) => name);

    it("each of 200 scopes at once sees its own rows alone", async () => {
      const seen = await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const organization = index % 2 === 0 ? world.acme : world.globex;
          return [organization.slug, await enter(organization, namesOf)] as const;
        }),
      );
      for (const [slug, names] of seen) expect(names).toEqual([`${slug} secret`]);
    });

    it("statements are prepared no more once the pooler lost one, which is said once, and each still does its own work", async () => {
      const told: Error[] = [];
      await using preparing = world.fixture.open(
        { onBackgroundError: (error) => void told.push(error) },
        { url: bouncer.url(world.fixture.runtimeUrl), prepare: true },
      );
      const seen = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          preparing.enter(asMember(world.acme), async (tenant) => {
            if (index % 2 === 0) return namesOf(tenant);
            return (await tenant.db.selectFrom("tasks").select("title").execute()).map(({ title }) => title);
          }),
        ),
      );
      expect(seen).toEqual(seen.map((_, index) => [index % 2 === 0 ? "acme secret" : "acme task"]));
      expect(told).toMatchObject([{ code: "INVALID_SETTINGS" }]);
    });

    it("raw SQL is bound by row security as well, with no context left from the statement before", async () => {
      const seen = await enter(world.acme, async ({ db }) => {
        const { rows } = await sql<{ name: string }>`select name from projects`.execute(db);
        return rows;
      });
      expect(seen).toEqual([{ name: "acme secret" }]);
      const url = bouncer.url(world.fixture.runtimeUrl);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query<{ organization: string; projects: number }>(
        `select coalesce(current_setting('rowhouse.organization_id', true), '') as organization,
         (select count(*)::integer from projects) as projects`,
      );
      await client.end();
      expect(rows).toEqual([{ organization: "", projects: 0 }]);
    });

    it("a transaction keeps its connection and its tenant from begin to commit, and one that fails leaves nothing", async () => {
      await enter(world.acme, (tenant) =>
        tenant.transaction(async (within) => {
          await within.db.insertInto("projects").values({ name: "b" }).execute();
          expect(await namesOf(within)).toEqual(["acme secret", "b"]);
        }),
      );
      const failing = enter(world.acme, (tenant) =>
        tenant.transaction(async (within) => {
          await within.db.insertInto("projects").values({ name: "c" }).execute();
          throw new Error("on purpose");
        }),
      );
      await expect(failing).rejects.toThrow("on purpose");
      expect(await enter(world.acme, namesOf)).toEqual(["acme secret", "b"]);
      expect(await enter(world.globex, namesOf)).toEqual(["globex secret"]);
    });
  },
);
