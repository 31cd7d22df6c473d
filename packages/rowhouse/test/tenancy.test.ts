import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asMember, openTwoOrganizations, type TwoOrganizations } from "./fixture/two-organizations.ts";

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations({ maxConnections: 4 });
});

afterAll(() => world[Symbol.asyncDispose]());

describe("a scope inside of a scope", () => {
  it("of another organization is TENANT_ALREADY_OPEN", async () => {
    const user = "0190a000-0000-7000-8000-000000000005";
    await world.fixture.admin.query(
      "insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $3, 'member'), ($2, $3, 'member')",
      [world.acme.id, world.globex.id, user],
    );
    const nested = world.tenancy.enter({ organization: "acme", user }, () =>
      world.tenancy.enter({ organization: "globex", user }, async () => "inside"),
    );
    await expect(nested).rejects.toMatchObject({ code: "TENANT_ALREADY_OPEN" });
  });

  it("of the same organization for another user is TENANT_ALREADY_OPEN", async () => {
    const user = "0190a000-0000-7000-8000-000000000006";
    await world.fixture.admin.query(
      "insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'member')",
      [world.acme.id, user],
    );
    const nested = world.inAcme(() => world.tenancy.enter({ organization: "acme", user }, async () => "inside"));
    await expect(nested).rejects.toMatchObject({ code: "TENANT_ALREADY_OPEN" });
  });

  it("of the same organization and user is allowed, and the outer one stays open after it", async () => {
    const names = await world.inAcme(async (outer) => {
      await world.tenancy.enter(asMember(world.acme), ({ db }) => db.selectFrom("projects").select("name").execute());
      return outer.db.selectFrom("projects").select("name").execute();
    });
    expect(names).toEqual([{ name: "acme secret" }]);
  });

  it("of another organization is allowed once the first has ended", async () => {
    await world.inAcme(async () => undefined);
    expect(await world.inGlobex(async ({ organization }) => organization.slug)).toBe("globex");
  });
});

describe("the tenant carried by AsyncLocalStorage", () => {
  it("is none outside of a scope: undefined, and NO_TENANT", async () => {
    expect(world.tenancy.getTenantContext()).toBeUndefined();
    expect(() => world.tenancy.requireTenantContext()).toThrow(expect.objectContaining({ code: "NO_TENANT" }));
  });

  it("is none again in what outlives its scope", async () => {
    let late: Promise<unknown> = Promise.resolve();
    await world.inAcme(async () => {
      late = (async () => {
        await sleep(20);
        return world.tenancy.getTenantContext();
      })();
    });
    expect(await late).toBeUndefined();
  });

  it("is never another's, with 200 scopes at once", async () => {
    const organizations = [
      world.acme,
      world.globex,
      await world.fixture.createOrganization("Initech"),
      await world.fixture.createOrganization("Umbrella"),
    ];
    const readOwn = async (slug: string): Promise<boolean> => {
      const before = world.tenancy.requireTenantContext();
      await sleep(Math.random() * 10);
      await before.db
        .insertInto("projects")
        .values({ name: `${slug} ${Math.random()}` })
        .execute();
      await sleep(Math.random() * 10);
      const rows = await world.tenancy
        .requireTenantContext()
        .db.selectFrom("projects")
        .select(["name", "organizationId"])
        .execute();
      const own = world.tenancy.requireTenantContext().organization;
      return own.slug === slug && rows.every((row) => row.name.startsWith(slug) && row.organizationId === own.id);
    };
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, index) => {
        const { slug, ownerId } = organizations[index % organizations.length] ?? world.acme;
        return world.tenancy.runWithTenant({ organization: slug, user: ownerId }, () => readOwn(slug));
      }),
    );
    expect(results.filter((isRight) => !isRight)).toEqual([]);
    await world.fixture.admin.query("delete from projects where name not like '% secret'");
  });
});

describe("a request", () => {
  const request = (path: string, headers: Record<string, string> = {}) =>
    new Request(`https://app.example.com${path}`, { headers });

  it("without a session is UNAUTHENTICATED, without an organization NOT_FOUND", async () => {
    const nobody = world.fixture.open({ identify: async () => null });
    await expect(nobody.enterRequest(request("/acme"), async () => "in")).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
    const somebody = world.fixture.open({ identify: async () => ({ userId: world.acme.ownerId }) });
    await expect(somebody.enterRequest(request("/"), async () => "in")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(somebody.enterRequest(request("/globex"), async () => "in")).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(world.tenancy.enterRequest(request("/acme"), async () => "in")).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
  });

  it("is of the organization in the first place that names one, and a claim elsewhere changes nothing", async () => {
    const located = world.fixture.open({
      identify: async () => ({ userId: world.acme.ownerId, activeOrganization: "acme" }),
      locate: ["path", "subdomain", "header", "session"],
      baseDomain: "Example.com",
    });
    const enter = (given: Request) => located.enterRequest(given, async ({ organization }) => organization.slug);
    expect(await enter(request("/acme/projects", { "x-organization": "globex" }))).toBe("acme");
    await expect(enter(request("/globex", { "x-organization": "acme" }))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(enter(new Request("https://globex.example.com/"))).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await enter(new Request("https://acme.example.com/"))).toBe("acme");
    expect(await enter(new Request("https://example.com/", { headers: { "x-organization": "acme" } }))).toBe("acme");
    expect(await enter(new Request("https://example.com/"))).toBe("acme");
  });
});
