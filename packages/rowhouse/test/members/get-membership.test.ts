import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { noContext } from "../../src/database/context.ts";
import { openUnscoped } from "../../src/database/open-unscoped.ts";
import { suspendOrganization, type ControlPlane } from "../../src/index.ts";
import { getMembership, listMemberships } from "../../src/members/get-membership.ts";
import { openPool } from "../fixture/two-organizations.ts";
import { openPeople, type People, type Staffed } from "./people.ts";

let people: People;
let acme: Staffed;

beforeAll(async () => {
  people = await openPeople();
  acme = await people.staffed("Acme");
});

afterAll(() => people[Symbol.asyncDispose]());

const enter = (organization: string, user: string) =>
  people.tenancy.enter({ organization, user }, async (tenant) => tenant.organization.id);

it.each(["", "a\0b", "' or true --", "Acme Inc", "x".repeat(100_000)])(
  "an organization that cannot be, as %j, is NOT_FOUND like one that is not there",
  async (organization) => {
    await expect(enter(organization, acme.owner)).rejects.toMatchObject({ code: "NOT_FOUND" });
  },
);

it.each(["nobody", "", "a\0b", "' or true --"])("a user who cannot be, as %j, is a member of nothing", async (user) => {
  await expect(enter(acme.slug, user)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(enter(acme.id, user)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await people.tenancy.listOrganizations(user)).toEqual([]);
});

it("a member enters by slug, by id and by a former slug, and only their own organization", async () => {
  const globex = await people.staffed("Globex");
  await people.fixture.admin.query("insert into rowhouse.organization_slugs (slug, organization_id) values ($1, $2)", [
    "acme-before",
    acme.id,
  ]);
  for (const name of [acme.slug, acme.id, acme.id.toUpperCase(), "acme-before"])
    expect(await enter(name, acme.viewer)).toBe(acme.id);
  for (const name of [globex.slug, globex.id])
    await expect(enter(name, acme.owner)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("who is suspended, or whose organization is, gets no further, and is listed where they still are a member", async () => {
  const [initech, user] = [await people.staffed("Initech"), uuidv7()];
  const put = (organization: Staffed, status: string) =>
    people.fixture.admin.query(
      "insert into rowhouse.memberships (organization_id, user_id, role, status) values ($1, $2, 'member', $3)",
      [organization.id, user, status],
    );
  await put(acme, "suspended");
  await put(initech, "active");
  await expect(enter(acme.id, user)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await people.tenancy.listOrganizations(user)).toMatchObject([{ organization: { id: initech.id } }]);
  await people.tenancy.operate({ operator: "ops", reason: "unpaid" }, (operator) =>
    suspendOrganization(operator, { organizationId: initech.id, reason: "unpaid" }),
  );
  await expect(enter(initech.id, user)).rejects.toMatchObject({ code: "ORGANIZATION_SUSPENDED" });
});

it("the logo of an organization that is suspended is not listed: nobody could fetch it", async () => {
  const [shown, hidden] = [await people.staffed("Shown"), await people.staffed("Hidden")];
  const user = uuidv7();
  for (const { id } of [shown, hidden]) {
    await people.fixture.admin.query("update rowhouse.organizations set logo_key = $2 where id = $1", [
      id,
      `${id}.webp`,
    ]);
    await people.fixture.admin.query(
      "insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'member')",
      [id, user],
    );
  }
  await people.fixture.admin.query("update rowhouse.organizations set status = 'suspended' where id = $1", [hidden.id]);
  const listed = await people.tenancy.listOrganizations(user);
  expect(listed.map(({ organization: { id }, logoKey }) => [id, logoKey])).toEqual([
    [hidden.id, undefined],
    [shown.id, `${shown.id}.webp`],
  ]);
});

it("is asked of the user by the statement itself, also where row security would show everybody", async () => {
  await using pool = openPool(people.fixture.database.url);
  const db = openUnscoped<ControlPlane>(pool, noContext);
  const stranger = uuidv7();
  for (const name of [acme.slug, acme.id])
    await expect(getMembership(db, name, stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await listMemberships(db, stranger)).toEqual([]);
  expect(await listMemberships(db, acme.viewer)).toMatchObject([{ organization: { id: acme.id }, role: "viewer" }]);
});
