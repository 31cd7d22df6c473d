import { setImmediate } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrganization, newOrganizationId } from "../../src/index.ts";
import { openUnscoped } from "../../src/database/open-unscoped.ts";
import type { ControlPlane } from "../../src/index.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";
import { openPool, openProxy } from "../fixture/two-organizations.ts";

let fixture: Fixture;
const user = uuidv7();

beforeAll(async () => {
  fixture = await openFixture();
});

afterAll(() => fixture[Symbol.asyncDispose]());

async function countRows(): Promise<Record<string, number>> {
  const { rows } = await fixture.admin.query<Record<string, number>>(`select
    (select count(*)::int from rowhouse.organizations) as organizations,
    (select count(*)::int from rowhouse.organization_slugs) as slugs,
    (select count(*)::int from rowhouse.memberships) as memberships`);
  return rows[0] ?? {};
}

describe("a new organization", () => {
  it("has its creator as owner and a slug from its name, at once", async () => {
    const tenancy = fixture.open();
    const organization = await tenancy.createOrganization({ name: "  Zoë   & Söhne ", user });
    expect(organization).toMatchObject({ name: "Zoë & Söhne", slug: "zoe-sohne" });
    expect(await tenancy.listOrganizations(user)).toEqual([{ organization, role: "owner" }]);
  });

  it.each([
    ["", "INVALID_INPUT"],
    ["   ", "INVALID_INPUT"],
    ["x".repeat(101), "INVALID_INPUT"],
    ["a\u0007b", "INVALID_INPUT"],
    ["a\0b", "INVALID_INPUT"],
    ["admin", "SLUG_UNUSABLE"],
    ["???", "SLUG_UNUSABLE"],
    [uuidv7(), "SLUG_UNUSABLE"],
  ])("named %j is %s, with the field, and writes nothing", async (name, code) => {
    const before = await countRows();
    const work = fixture.open().createOrganization({ name, user });
    await expect(work).rejects.toMatchObject({ code, fields: [{ field: "name" }] });
    expect(await countRows()).toEqual(before);
  });

  it("may have 100 characters of any script, and an injection is a name like another", async () => {
    const tenancy = fixture.open();
    for (const name of ["𝒳".repeat(100), "'; drop table rowhouse.organizations; --", "<script>alert(1)</script>"]) {
      expect((await tenancy.createOrganization({ name, user })).name).toBe(name);
    }
  });

  it("created 30 times at once under one name has 30 slugs", async () => {
    const tenancy = fixture.open();
    const created = await Promise.all(
      Array.from({ length: 30 }, () => tenancy.createOrganization({ name: "Same Name", user: uuidv7() })),
    );
    expect(new Set(created.map(({ slug }) => slug)).size).toBe(30);
    expect(created.every(({ slug }) => slug.startsWith("same-name"))).toBe(true);
  });

  it("of another context is refused: nobody writes an organization but in its own", async () => {
    await using pool = openPool(fixture.runtimeUrl);
    const db = openUnscoped<ControlPlane>(pool, { organizationId: newOrganizationId(), userId: user });
    const work = db
      .transaction()
      .execute((transaction) =>
        createOrganization(transaction, { id: newOrganizationId(), name: "Elsewhere", ownerId: user }),
      );
    await expect(work).rejects.toMatchObject({ code: "ROW_SECURITY" });
  });
});

describe("creating an organization is all or nothing", () => {
  it.each(["organization_slugs", "organizations", "memberships"])("an error at %s leaves nothing", async (table) => {
    const before = await countRows();
    await fixture.admin.query(
      `create function public.refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'`,
    );
    await fixture.admin.query(
      `create trigger refuse after insert on rowhouse.${table} for each row execute function public.refuse()`,
    );
    const work = fixture.open().createOrganization({ name: "Never There", user });
    await expect(work).rejects.toMatchObject({ code: "DATABASE_ERROR" });
    await fixture.admin.query("drop function public.refuse() cascade");
    expect(await countRows()).toEqual(before);
  });

  it.each([1, 2, 3, 4])("a connection cut while statement %i is under way leaves nothing", async (statement) => {
    const before = await countRows();
    await using proxy = await openProxy(fixture.runtimeUrl);
    await using tenancy = fixture.open({}, { url: proxy.url(fixture.runtimeUrl) });
    await tenancy.start();
    proxy.setDelay(40);
    proxy.reset();
    const work = tenancy.createOrganization({ name: `Cut ${statement}`, user }).catch((error: unknown) => error);
    while (proxy.counts().syncs < statement) await setImmediate();
    proxy.cut();
    expect(await work).toMatchObject({ code: "CONNECTION_LOST" });
    expect(await countRows()).toEqual(before);
    proxy.setDelay(0);
    expect(await tenancy.createOrganization({ name: `Cut ${statement}`, user })).toMatchObject({
      slug: `cut-${statement}`,
    });
  });
});
