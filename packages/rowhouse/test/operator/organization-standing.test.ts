import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { addMember, restoreOrganization, setMemberLimit, suspendOrganization, type Operator } from "../../src/index.ts";
import type { FixtureDatabase } from "../fixture/test-tenancy.ts";
import { openPeople, type People, type Staffed } from "../members/people.ts";

let people: People;
let acme: Staffed;
let count = 0;

beforeAll(async () => {
  people = await openPeople();
});

afterAll(() => people[Symbol.asyncDispose]());

beforeEach(async () => {
  acme = await people.staffed(`Acme ${(count += 1)}`);
});

const operate = <T>(work: (operator: Operator<FixtureDatabase>) => Promise<T>): Promise<T> =>
  people.tenancy.operate({ operator: "ada@example.com", reason: "ticket 1" }, work);

const enter = (userId: string) => acme.as(userId, async () => "in");

it("a suspended organization refuses every member on the next request, until it is restored", async () => {
  const organizationId = acme.id;
  const standing = await operate((operator) => suspendOrganization(operator, { organizationId, reason: "unpaid" }));
  expect(standing).toEqual({ status: "suspended", suspendedReason: "unpaid", memberLimit: null });
  for (const user of [acme.owner, acme.viewer])
    await expect(enter(user)).rejects.toMatchObject({ code: "ORGANIZATION_SUSPENDED" });
  await operate((operator) => restoreOrganization(operator, { organizationId, reason: "paid" }));
  expect(await enter(acme.viewer)).toBe("in");
  expect(await acme.events()).toMatchObject([
    {
      action: "organization.suspended",
      actor_kind: "operator",
      actor_id: "ada@example.com",
      after: { status: "suspended" },
      reason: "unpaid",
    },
    { action: "organization.restored", actor_kind: "operator", before: { suspendedReason: "unpaid" }, reason: "paid" },
  ]);
});

it("the change, its event and the operator's line are written together or not at all", async () => {
  const work = operate(async (operator) => {
    await suspendOrganization(operator, { organizationId: acme.id, reason: "mistake" });
    throw new TypeError("changed my mind");
  });
  await expect(work).rejects.toThrow("changed my mind");
  expect(await enter(acme.owner)).toBe("in");
  expect(await acme.actions()).toEqual([]);
});

it("a member limit holds for the next member, removes nobody, and null lifts it", async () => {
  const setLimit = (limit: number | null) =>
    operate((operator) => setMemberLimit(operator, { organizationId: acme.id, limit }));
  const add = () => acme.as(acme.owner, (tenant) => addMember(tenant, { userId: uuidv7(), role: "viewer" }));
  expect(await setLimit(2)).toMatchObject({ memberLimit: 2 });
  await expect(add()).rejects.toMatchObject({ code: "MEMBER_LIMIT" });
  expect(await acme.members()).toHaveLength(4);
  await setLimit(null);
  await setLimit(null);
  await add();
  expect(await acme.actions()).toEqual([
    "organization.member-limit-set",
    "organization.member-limit-set",
    "member.added",
  ]);
});

it.each([0, -1, 1.5, Number.NaN, Infinity, 10_000_001])("a member limit of %d is INVALID_INPUT", async (limit) => {
  const work = operate((operator) => setMemberLimit(operator, { organizationId: acme.id, limit }));
  await expect(work).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

it("an unknown organization is NOT_FOUND, no reason is REASON_REQUIRED, a personal workspace has its one seat", async () => {
  for (const organizationId of [uuidv7(), "acme"]) {
    const work = operate((operator) => suspendOrganization(operator, { organizationId, reason: "why" }));
    await expect(work).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  for (const reason of ["", " \n", "x".repeat(1001)]) {
    const work = operate((operator) => suspendOrganization(operator, { organizationId: acme.id, reason }));
    await expect(work).rejects.toMatchObject({ code: "REASON_REQUIRED" });
    const back = operate((operator) => restoreOrganization(operator, { organizationId: acme.id, reason }));
    await expect(back).rejects.toMatchObject({ code: "REASON_REQUIRED" });
  }
  const { id } = await people.tenancy.createOrganization({ name: `Mine ${count}`, user: uuidv7(), isPersonal: true });
  const work = operate((operator) => setMemberLimit(operator, { organizationId: id, limit: 5 }));
  await expect(work).rejects.toMatchObject({ code: "CONFLICT" });
});
