import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  changeServiceAccountRole,
  createServiceAccount,
  definePermissions,
  disableServiceAccount,
  enableServiceAccount,
  getServiceAccount,
  listServiceAccounts,
  renameServiceAccount,
  type ServiceAccountRole,
} from "../../src/index.ts";
import { refused } from "../fixture/refused.ts";
import { openPeople, type FixtureTenant, type People, type Staffed } from "../members/people.ts";

let people: People;
let acme: Staffed;
let tenancy: ReturnType<People["fixture"]["open"]>;
let count = 0;

/** Members may handle service accounts here, so that the role ceiling shows, and viewers may not even see them. */
const permissions = definePermissions({
  resources: { projects: ["read", "create", "update", "delete"] },
  roles: { owner: ["*"], admin: ["service-accounts:*"], member: ["service-accounts:*"], viewer: [] },
});

beforeAll(async () => {
  people = await openPeople();
  tenancy = people.fixture.open({ permissions });
});

afterAll(() => people[Symbol.asyncDispose]());

beforeEach(async () => {
  acme = await people.staffed(`Acme ${(count += 1)}`);
});

const as = <T>(user: string, work: (tenant: FixtureTenant) => Promise<T>): Promise<T> =>
  tenancy.enter({ organization: acme.slug, user }, (tenant) => work(tenant));
const create = (user: string, name: string, role: ServiceAccountRole) =>
  as(user, (tenant) => createServiceAccount(tenant, { name, role }));

describe("a service account", () => {
  it("is changed alone: the others stay as they are", async () => {
    const made = [await create(acme.owner, "First", "viewer")];
    const { id: serviceAccountId } = await create(acme.owner, "Second", "viewer");
    made.push(await create(acme.owner, "Third", "viewer"));
    await as(acme.owner, (tenant) => changeServiceAccountRole(tenant, { serviceAccountId, role: "member" }));
    await as(acme.owner, (tenant) => renameServiceAccount(tenant, { serviceAccountId, name: "Renamed" }));
    const changed = await as(acme.owner, (tenant) => disableServiceAccount(tenant, { serviceAccountId }));
    expect(changed).toMatchObject({ id: serviceAccountId, name: "Renamed", role: "member", status: "disabled" });
    for (const other of made)
      expect(await as(acme.owner, (tenant) => getServiceAccount(tenant, { serviceAccountId: other.id }))).toEqual(
        other,
      );
  });

  it("tells of a fault as one, not as of a name that is taken", async () => {
    const { id: serviceAccountId } = await create(acme.owner, "Robot", "viewer");
    const { admin } = people.fixture;
    await admin.query(`create function break_renaming() returns trigger language plpgsql
      as $$ begin raise exception 'broken' using errcode = 'data_exception'; end $$`);
    await admin.query(
      "create trigger break_renaming before update on rowhouse.service_accounts for each row execute function break_renaming()",
    );
    const renaming = as(acme.owner, (tenant) => renameServiceAccount(tenant, { serviceAccountId, name: "Other" }));
    await expect(renaming).rejects.toMatchObject({ code: expect.not.stringMatching("CONFLICT") as string });
    await admin.query("drop function break_renaming() cascade");
  });

  it("is made, renamed, given another role, disabled and enabled, each with its event", async () => {
    const { id: serviceAccountId, ...made } = await create(acme.admin, "  Deploy   bot ", "admin");
    expect(made).toMatchObject({ name: "Deploy bot", role: "admin", status: "active", createdBy: acme.admin });
    await as(acme.owner, (tenant) => renameServiceAccount(tenant, { serviceAccountId, name: "Robot" }));
    await as(acme.owner, (tenant) => changeServiceAccountRole(tenant, { serviceAccountId, role: "viewer" }));
    await as(acme.owner, (tenant) => disableServiceAccount(tenant, { serviceAccountId, reason: "leaked" }));
    await as(acme.owner, (tenant) => disableServiceAccount(tenant, { serviceAccountId }));
    expect(await as(acme.owner, (tenant) => getServiceAccount(tenant, { serviceAccountId }))).toMatchObject({
      name: "Robot",
      role: "viewer",
      status: "disabled",
    });
    await as(acme.owner, (tenant) => enableServiceAccount(tenant, { serviceAccountId }));
    expect(await acme.events()).toMatchObject([
      { action: "service-account.created", after: { name: "Deploy bot", role: "admin" } },
      { action: "service-account.renamed", before: { name: "Deploy bot" }, after: { name: "Robot" } },
      { action: "service-account.role-changed", before: { role: "admin" }, after: { role: "viewer" } },
      { action: "service-account.disabled", reason: "leaked" },
      { action: "service-account.enabled" },
    ]);
  });

  it("has no role above its maker's, is never owner, and has a name of its own", async () => {
    await refused(create(acme.member, "Too high", "admin"), "FORBIDDEN");
    for (const role of ["owner", "root"])
      await refused(create(acme.owner, "Owner", role as ServiceAccountRole), "INVALID_INPUT");
    await expect(create(acme.owner, "  ", "viewer")).rejects.toMatchObject({ fields: [{ message: "Enter a name." }] });
    await expect(create(acme.owner, "a\0b", "viewer")).rejects.toMatchObject({
      fields: [{ message: expect.stringMatching(/^Use one line/) as string }],
    });
    for (const name of ["", "  ", "x".repeat(101), "a\u0007b"])
      await refused(create(acme.owner, name, "viewer"), "INVALID_INPUT");
    await create(acme.owner, "Bot", "viewer");
    await expect(create(acme.owner, "Bot", "viewer")).rejects.toMatchObject({
      code: "CONFLICT",
      fields: [{ field: "name" }],
    });
    expect(await acme.actions()).toEqual(["service-account.created"]);
  });

  it("above oneself cannot be touched, nor raised above oneself", async () => {
    const { id: serviceAccountId } = await create(acme.admin, "Admin bot", "admin");
    const { id: low } = await create(acme.member, "Low bot", "viewer");
    await refused(
      as(acme.member, (tenant) => renameServiceAccount(tenant, { serviceAccountId, name: "Mine" })),
      "FORBIDDEN",
    );
    await refused(
      as(acme.member, (tenant) => changeServiceAccountRole(tenant, { serviceAccountId, role: "viewer" })),
      "FORBIDDEN",
    );
    await refused(
      as(acme.member, (tenant) => disableServiceAccount(tenant, { serviceAccountId })),
      "FORBIDDEN",
    );
    await refused(
      as(acme.member, (tenant) => enableServiceAccount(tenant, { serviceAccountId })),
      "FORBIDDEN",
    );
    await refused(
      as(acme.member, (tenant) => changeServiceAccountRole(tenant, { serviceAccountId: low, role: "admin" })),
      "FORBIDDEN",
    );
  });

  it("needs the permission for each step", async () => {
    const { id: serviceAccountId } = await create(acme.owner, "Bot", "viewer");
    const steps: readonly ((tenant: FixtureTenant) => Promise<unknown>)[] = [
      (tenant) => createServiceAccount(tenant, { name: "Other", role: "viewer" }),
      (tenant) => renameServiceAccount(tenant, { serviceAccountId, name: "Other" }),
      (tenant) => changeServiceAccountRole(tenant, { serviceAccountId, role: "viewer" }),
      (tenant) => disableServiceAccount(tenant, { serviceAccountId }),
      (tenant) => enableServiceAccount(tenant, { serviceAccountId }),
      (tenant) => getServiceAccount(tenant, { serviceAccountId }),
      (tenant) => listServiceAccounts(tenant),
    ];
    for (const step of steps) await refused(as(acme.viewer, step), "FORBIDDEN");
  });

  it("of another organization, unknown or malformed is NOT_FOUND", async () => {
    const { id } = await create(acme.owner, "Bot", "viewer");
    acme = await people.staffed(`Globex ${count}`);
    for (const serviceAccountId of [id, uuidv7(), "bot"]) {
      await refused(
        as(acme.owner, (tenant) => getServiceAccount(tenant, { serviceAccountId })),
        "NOT_FOUND",
      );
      await refused(
        as(acme.owner, (tenant) => disableServiceAccount(tenant, { serviceAccountId })),
        "NOT_FOUND",
      );
    }
  });

  it("cannot be made by somebody who was demoted meanwhile", async () => {
    const late = as(acme.admin, async (tenant) => {
      await people.fixture.admin.query("update rowhouse.memberships set role = 'viewer' where user_id = $1", [
        acme.admin,
      ]);
      await createServiceAccount(tenant, { name: "Late", role: "admin" });
    });
    await refused(late, "FORBIDDEN");
  });

  it("is never made by a job: nobody would answer for it", async () => {
    const entry = { organization: acme.id, job: "maker", permissions: ["service-accounts:create" as const] };
    const made = tenancy.enterJob({ ...entry, requires: null }, (tenant) =>
      createServiceAccount(tenant, { name: "Orphan", role: "viewer" }),
    );
    await refused(made, "FORBIDDEN");
    expect(await acme.actions()).toEqual([]);
  });

  it("takes no seat", async () => {
    await people.fixture.limitMembers(acme.id, 4);
    await create(acme.owner, "Bot", "viewer");
  });
});

it("the list goes by name, is searched and filtered, and has this organization's alone", async () => {
  for (const name of ["C bot", "A bot", "B 100%"]) await create(acme.owner, name, "viewer");
  const names = async (input: Parameters<typeof listServiceAccounts>[1]) => {
    const { items, next } = await as(acme.admin, (tenant) => listServiceAccounts(tenant, input));
    return { names: items.map(({ name }) => name), next };
  };
  expect(await names({})).toEqual({ names: ["A bot", "B 100%", "C bot"], next: null });
  expect((await names({ search: "BOT" })).names).toEqual(["A bot", "C bot"]);
  expect((await names({ search: "100%" })).names).toEqual(["B 100%"]);
  expect((await names({ status: "disabled" })).names).toEqual([]);
  const first = await names({ limit: 2 });
  expect((await names({ limit: 2, after: first.next ?? undefined })).names).toEqual(["C bot"]);
});
