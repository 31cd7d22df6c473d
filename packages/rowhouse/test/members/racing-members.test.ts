import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  addMember,
  changeRole,
  leave,
  removeMember,
  restoreMember,
  suspendMember,
  transferOwnership,
} from "../../src/index.ts";
import { codesOf } from "../fixture/code-of.ts";
import { openPeople, type FixtureTenant, type People, type Staffed } from "./people.ts";
import { randomFrom, type Random } from "./random-from.ts";

let people: People;

beforeAll(async () => {
  people = await openPeople({ maxConnections: 12, acquireTimeoutMs: 15_000 });
});

afterAll(() => people[Symbol.asyncDispose]());

/** What the rules may answer to somebody who lost a race. A deadlock or a lost transaction is not among them. */
const refusals = ["LAST_OWNER", "MEMBER_LIMIT", "FORBIDDEN", "NOT_FOUND", "CONFLICT"] as const;

const seatLimit = 14;

async function assertRulesHold(organization: Staffed): Promise<void> {
  const members = await organization.members();
  expect(members.filter(({ role, status }) => role === "owner" && status === "active").length).toBeGreaterThanOrEqual(
    1,
  );
  expect(new Set(members.map(({ userId }) => userId)).size).toBe(members.length);
  expect(members.filter(({ status }) => status === "active").length).toBeLessThanOrEqual(seatLimit);
}

/** One thing somebody does, chosen at random; also writers of the product, whose rows point at the organization. */
function chooseAct(
  random: Random,
  actorId: string,
  userIds: readonly string[],
): (tenant: FixtureTenant) => Promise<unknown> {
  const userId = random.pick(userIds);
  const acts: readonly ((tenant: FixtureTenant) => Promise<unknown>)[] = [
    (tenant) => changeRole(tenant, { userId, role: random.pick(["owner", "admin", "member", "viewer"]) }),
    (tenant) => changeRole(tenant, { userId, role: "member" }),
    (tenant) => removeMember(tenant, { userId }),
    (tenant) => leave(tenant),
    (tenant) => suspendMember(tenant, { userId }),
    (tenant) => restoreMember(tenant, { userId }),
    (tenant) => transferOwnership(tenant, { toUserId: random.pick(userIds.filter((id) => id !== actorId)) }),
    (tenant) => addMember(tenant, { userId, role: random.pick(["owner", "member"]) }),
    (tenant) => addMember(tenant, { userId: uuidv7(), role: "owner" }),
    (tenant) =>
      tenant.transaction(async (within) => {
        const row = { name: uuidv7() };
        const { id } = await within.db.insertInto("projects").values(row).returning("id").executeTakeFirstOrThrow();
        within.record({ action: "project.created", target: { kind: "project", id } });
      }),
  ];
  return random.pick(acts);
}

it.each(Array.from({ length: 20 }, (_, seed) => seed))(
  "50 racing changes leave an active owner, no duplicate, no seat too many and no deadlock (seed %i)",
  async (seed) => {
    const random = randomFrom(seed);
    const organization = await people.staffed(`Race ${seed}`);
    const owners = [organization.owner, ...(await Promise.all([1, 2, 3, 4].map(() => organization.put("owner"))))];
    const userIds = [...owners, organization.admin, organization.member, uuidv7(), uuidv7()];
    await people.fixture.limitMembers(organization.id, seatLimit);
    const attempts = Array.from({ length: 50 }, () => {
      const actorId = random.pick(owners);
      return organization.as(actorId, chooseAct(random, actorId, userIds));
    });
    const answers = await codesOf(attempts);
    expect(answers.filter((answer) => answer !== "ok" && !refusals.some((code) => code === answer))).toEqual([]);
    expect(answers).toContain("ok");
    await assertRulesHold(organization);
  },
);

it.each(Array.from({ length: 20 }, (_, seed) => seed))(
  "of 50 owners who all leave, step down or are removed at once, one stays (round %i)",
  async (seed) => {
    const random = randomFrom(seed + 1000);
    const organization = await people.staffed(`Exodus ${seed}`);
    const owners = [organization.owner];
    while (owners.length < 50) owners.push(await organization.put("owner"));
    const answers = await codesOf(
      owners.map((userId, index) =>
        organization.as<unknown>(userId, (tenant) => {
          const other = owners[(index + 1) % owners.length] ?? userId;
          return random.pick([
            () => leave(tenant),
            () => changeRole(tenant, { userId, role: "viewer" }),
            () => removeMember(tenant, { userId: other }),
            () => suspendMember(tenant, { userId: other }),
          ])();
        }),
      ),
    );
    expect(answers.filter((answer) => answer !== "ok" && !refusals.some((code) => code === answer))).toEqual([]);
    const members = await organization.members();
    expect(members.filter(({ role, status }) => role === "owner" && status === "active").length).toBeGreaterThanOrEqual(
      1,
    );
  },
);

it("of 50 who add the same person at once, one does and the others get CONFLICT", async () => {
  const organization = await people.staffed("Double click");
  const userId = uuidv7();
  const answers = await codesOf(
    Array.from({ length: 50 }, () =>
      organization.as(organization.owner, (tenant) => addMember(tenant, { userId, role: "member" })),
    ),
  );
  expect(answers.filter((answer) => answer === "CONFLICT")).toHaveLength(49);
});

it("of 50 who add somebody at once for the last three seats, three do and the others get MEMBER_LIMIT", async () => {
  const organization = await people.staffed("Full house");
  await people.fixture.limitMembers(organization.id, 7);
  const answers = await codesOf(
    Array.from({ length: 50 }, () =>
      organization.as(organization.owner, (tenant) => addMember(tenant, { userId: uuidv7(), role: "member" })),
    ),
  );
  expect(answers.filter((answer) => answer === "ok")).toHaveLength(3);
  expect(answers.filter((answer) => answer === "MEMBER_LIMIT")).toHaveLength(47);
  expect(await organization.members()).toHaveLength(7);
});
