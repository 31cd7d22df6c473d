import type { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import type { Operator, Tenant, TenantQueries } from "../../src/index.ts";
import type { FixtureDatabase } from "../fixture/test-tenancy.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations();
});

afterAll(() => world[Symbol.asyncDispose]());

describe("a tenant", () => {
  it("that lacks a permission is FORBIDDEN, and says which", async () => {
    const user = "0190a000-0000-7000-8000-000000000007";
    await world.fixture.admin.query(
      "insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'viewer')",
      [world.acme.id, user],
    );
    const work = world.tenancy.enter({ organization: "acme", user }, async (tenant) => {
      tenant.assertCan("projects:read");
      expect(tenant.can("projects:create")).toBe(false);
      tenant.assertCan("projects:create");
    });
    await expect(work).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: "The role viewer does not have the permission projects:create.",
    });
  });

  it("has the same answers inside of a transaction", async () => {
    await world.inAcme((tenant) =>
      tenant.transaction(async (inner) => {
        expect(inner).toMatchObject({ organization: tenant.organization, actor: tenant.actor, role: "owner" });
        expect(inner.can("projects:delete")).toBe(true);
      }),
    );
  });

  it("cannot be destroyed by its handle, even where types are forced: the pool serves on", async () => {
    await world.inAcme(async ({ db }) => {
      await db.selectFrom("projects").select("name").execute();
      await expect(forced(db).destroy()).rejects.toMatchObject({ code: "SCOPE_CLOSED" });
    });
    expect(await world.inAcme(({ db }) => db.selectFrom("projects").select("name").execute())).toHaveLength(1);
  });

  it("stays bound where types are forced: Kysely's own transactions, connections and plugins", async () => {
    await world.inAcme(async ({ db }) => {
      const names = (inner: Kysely<FixtureDatabase>) => inner.selectFrom("projects").select("name").execute();
      const own = [{ name: "acme secret" }];
      expect(await forced(db).transaction().execute(names)).toEqual(own);
      expect(await forced(db).connection().execute(names)).toEqual(own);
      expect(await names(forced(db).withoutPlugins())).toEqual(own);
      expect(await names(forced(db).withSchema("public"))).toEqual(own);
    });
  });
});

/** What a handle is at run time; its type does not say so. */
function forced(db: TenantQueries<FixtureDatabase>): Kysely<FixtureDatabase> {
  return db as unknown as Kysely<FixtureDatabase>;
}

it("a handle has no way around its scope in its type", () => {
  const handle = expectTypeOf<TenantQueries<FixtureDatabase>>();
  handle.not.toHaveProperty("schema");
  handle.not.toHaveProperty("destroy");
  handle.not.toHaveProperty("transaction");
  handle.not.toHaveProperty("startTransaction");
  handle.not.toHaveProperty("connection");
  handle.not.toHaveProperty("introspection");
  handle.not.toHaveProperty("withPlugin");
  handle.not.toHaveProperty("withoutPlugins");
  handle.not.toHaveProperty("executeQuery");
  expectTypeOf<Operator<FixtureDatabase>>().not.toExtend<Tenant<FixtureDatabase>>();
  expectTypeOf<Tenant<FixtureDatabase>>().not.toExtend<Operator<FixtureDatabase>>();
});

/** Never called: what must not compile. Each line is an error, or the type check of this package fails. */
export function misuse(
  tenant: Tenant<FixtureDatabase, "projects:read">,
  takeOperator: (operator: Operator<FixtureDatabase>) => void,
): unknown[] {
  return [
    // @ts-expect-error -- there is no such permission
    () => tenant.can("projects:raed"),
    // @ts-expect-error -- there is no such permission
    () => tenant.assertCan("projects"),
    // @ts-expect-error -- the organization is the scope's to set
    () => tenant.db.insertInto("projects").values({ name: "a", organizationId: "x" }),
    // @ts-expect-error -- and never changes
    () => tenant.db.updateTable("projects").set({ organizationId: "x" }),
    // @ts-expect-error -- there is no such table
    () => tenant.db.selectFrom("secrets"),
    // @ts-expect-error -- a tenant's handle is no operator's
    () => takeOperator({ operator: "a", reason: "b", acrossTenants: tenant.db }),
  ];
}
