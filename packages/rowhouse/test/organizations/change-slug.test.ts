import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeSlug, checkSlug, getOrganizationProfile, isRowhouseError, updateOrganization } from "../../src/index.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";

type Made = Awaited<ReturnType<Fixture["createOrganization"]>>;

let fixture: Fixture;
let tenancy: ReturnType<Fixture["open"]>;
let organization: Made;
let number = 0;

beforeAll(async () => {
  fixture = await openFixture();
  tenancy = fixture.open();
});
beforeEach(async () => {
  organization = await fixture.createOrganization(`Company ${(number += 1)}`);
});
afterAll(() => fixture[Symbol.asyncDispose]());

const as = (made: Made, slug = made.slug) => ({ organization: slug, user: made.ownerId });

describe("changing a slug", () => {
  it("keeps the old one leading to the organization, and to it alone", async () => {
    const old = organization.slug;
    await tenancy.enter(as(organization), (tenant) => changeSlug(tenant, { slug: "Fresh-Name" }));
    const found = await tenancy.enter(as(organization, old), async (tenant) => tenant.organization);
    expect(found).toMatchObject({ id: organization.id, slug: "fresh-name" });
    const other = await fixture.createOrganization("Somebody else");
    const stolen = tenancy.enter(as(other), (tenant) => changeSlug(tenant, { slug: old }));
    await expect(stolen).rejects.toSatisfy((error) => isRowhouseError(error, "CONFLICT"));
  });

  it("can be taken back", async () => {
    const old = organization.slug;
    const there = `${old}-b`;
    await tenancy.enter(as(organization), (tenant) => changeSlug(tenant, { slug: there }));
    await tenancy.enter(as(organization), (tenant) => changeSlug(tenant, { slug: old }));
    const { rows } = await fixture.admin.query(
      "select slug, retired_at is null as current from rowhouse.organization_slugs where organization_id = $1 order by slug",
      [organization.id],
    );
    expect(rows).toEqual([
      { slug: old, current: true },
      { slug: there, current: false },
    ]);
  });

  it("refuses reserved and malformed ones beside their field", async () => {
    for (const slug of ["admin", "", "-a", "a b", "ä", "x".repeat(49)]) {
      const tried = tenancy.enter(as(organization), (tenant) => changeSlug(tenant, { slug }));
      await expect(tried).rejects.toSatisfy(
        (error) => isRowhouseError(error, "SLUG_UNUSABLE") && error.fields[0]?.field === "slug",
      );
    }
  });

  it("is one of at most ten an organization holds", async () => {
    for (let index = 1; index < 10; index += 1) {
      await tenancy.enter(as(organization), (tenant) => changeSlug(tenant, { slug: `${organization.slug}-n${index}` }));
    }
    const eleventh = tenancy.enter(as(organization), (tenant) =>
      changeSlug(tenant, { slug: `${organization.slug}-n10` }),
    );
    await expect(eleventh).rejects.toSatisfy((error) => isRowhouseError(error, "CONFLICT"));
  });

  it("of a deleted organization is in quarantine before anybody else may take it", async () => {
    const gone = await fixture.createOrganization("Gone Soon");
    await fixture.admin.query("delete from rowhouse.organizations where id = $1", [gone.id]);
    const state = await tenancy.enter(as(organization), (tenant) => checkSlug(tenant, gone.slug));
    expect(state).toBe("taken");
    await fixture.admin.query(
      "update rowhouse.slug_quarantine set free_at = now() - interval '1 second' where slug = $1",
      [gone.slug],
    );
    await tenancy.enter(as(organization), (tenant) => changeSlug(tenant, { slug: gone.slug }));
  });

  it("raced by two organizations goes to one of them", async () => {
    const rivals = await Promise.all(
      Array.from({ length: 8 }, (_, index) => fixture.createOrganization(`Rival ${number} ${index}`)),
    );
    const tries = await Promise.allSettled(
      rivals.map((rival) => tenancy.enter(as(rival), (tenant) => changeSlug(tenant, { slug: `prize-${number}` }))),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

it("checking a slug says what would happen and changes nothing", async () => {
  const other = await fixture.createOrganization("Taken Already");
  const states = await tenancy.enter(as(organization), async (tenant) => {
    const found: string[] = [];
    for (const slug of ["unheard-of", other.slug, organization.slug, "api", "No!"])
      found.push(await checkSlug(tenant, slug));
    return found;
  });
  expect(states).toEqual(["free", "taken", "yours", "reserved", "malformed"]);
  const { rowCount } = await fixture.admin.query("select from rowhouse.organization_slugs where slug = 'unheard-of'");
  expect(rowCount).toBe(0);
});

it("updating a profile logs what changed, and nothing when nothing did", async () => {
  await tenancy.enter(as(organization), (tenant) => updateOrganization(tenant, { description: "We build boats." }));
  await tenancy.enter(as(organization), (tenant) => updateOrganization(tenant, { description: "We build boats." }));
  const { rows } = await fixture.admin.query(
    "select before, after from rowhouse.audit_events where organization_id = $1 and action = 'organization.updated'",
    [organization.id],
  );
  expect(rows).toEqual([{ before: { description: "" }, after: { description: "We build boats." } }]);
  const profile = await tenancy.enter(as(organization), (tenant) => getOrganizationProfile(tenant));
  expect(profile.description).toBe("We build boats.");
});
