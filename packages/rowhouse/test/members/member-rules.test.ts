import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  addMember,
  changeRole,
  leave,
  removeMember,
  restoreMember,
  roles,
  suspendMember,
  transferOwnership,
  type Role,
} from "../../src/index.ts";
import { refused } from "../fixture/refused.ts";
import { openPeople, type FixtureTenant, type People, type Staffed } from "./people.ts";

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

const standing = async (userId: string) => (await acme.members()).find((member) => member.userId === userId);

type Act = (tenant: FixtureTenant, userId: string) => Promise<unknown>;

const acts: readonly (readonly [string, Act])[] = [
  ["change the role of", (tenant, userId) => changeRole(tenant, { userId, role: "viewer" })],
  ["remove", (tenant, userId) => removeMember(tenant, { userId })],
  ["suspend", (tenant, userId) => suspendMember(tenant, { userId })],
  ["restore", (tenant, userId) => restoreMember(tenant, { userId })],
];

describe.each(acts)("to %s somebody", (_, act) => {
  it("needs the permission", async () => {
    for (const user of [acme.member, acme.viewer]) {
      await refused(
        acme.as(user, (tenant) => act(tenant, acme.viewer)),
        "FORBIDDEN",
      );
    }
    expect(await acme.actions()).toEqual([]);
  });

  it("above oneself is FORBIDDEN: an admin does not touch an owner", async () => {
    const second = await acme.put("owner");
    for (const owner of [acme.owner, second])
      await refused(
        acme.as(acme.admin, (tenant) => act(tenant, owner)),
        "FORBIDDEN",
      );
    expect(await acme.actions()).toEqual([]);
  });

  it("of another organization, unknown or malformed is NOT_FOUND", async () => {
    const globex = await people.staffed(`Globex ${count}`);
    for (const userId of [globex.viewer, uuidv7(), "nobody", "' or true --"]) {
      await refused(
        acme.as(acme.owner, (tenant) => act(tenant, userId)),
        "NOT_FOUND",
      );
    }
    expect(await globex.members()).toHaveLength(4);
  });

  it("is refused in a scope that was opened before the actor lost the role, the membership or the access", async () => {
    const losses = ["role = 'viewer'", "status = 'suspended'"];
    for (const loss of losses) {
      const admin = await acme.put("admin");
      const late = acme.as(admin, async (tenant) => {
        await people.fixture.admin.query(`update rowhouse.memberships set ${loss} where user_id = $1`, [admin]);
        await act(tenant, acme.member);
      });
      await refused(late, "FORBIDDEN");
    }
    const gone = await acme.put("admin");
    const late = acme.as(gone, async (tenant) => {
      await people.fixture.admin.query("delete from rowhouse.memberships where user_id = $1", [gone]);
      await act(tenant, acme.member);
    });
    await refused(late, "FORBIDDEN");
    expect(await standing(acme.member)).toMatchObject({ role: "member", status: "active" });
  });

  it("in an organization that was suspended meanwhile is ORGANIZATION_SUSPENDED", async () => {
    const late = acme.as(acme.owner, async (tenant) => {
      await people.fixture.admin.query("update rowhouse.organizations set status = 'suspended' where id = $1", [
        acme.id,
      ]);
      await act(tenant, acme.member);
    });
    await refused(late, "ORGANIZATION_SUSPENDED");
  });
});

describe("a change of role", () => {
  it("gives nobody a role above the giver's, oneself included", async () => {
    await refused(
      acme.as(acme.admin, (tenant) => changeRole(tenant, { userId: acme.member, role: "owner" })),
      "FORBIDDEN",
    );
    await refused(
      acme.as(acme.admin, (tenant) => changeRole(tenant, { userId: acme.admin, role: "owner" })),
      "FORBIDDEN",
    );
    expect(await acme.actions()).toEqual([]);
  });

  it.each(roles)("by an owner can be to %s, with its event and reason", async (role) => {
    const userId = await acme.put(role === "viewer" ? "admin" : "viewer");
    const member = await acme.as(acme.owner, (tenant) => changeRole(tenant, { userId, role, reason: " new job " }));
    expect(member).toMatchObject({ userId, role });
    expect(await standing(userId)).toMatchObject({ role });
    expect(await acme.events()).toMatchObject([
      { action: "member.role-changed", actor_id: acme.owner, target_id: userId, after: { role }, reason: "new job" },
    ]);
  });

  it("to the role of before changes and records nothing", async () => {
    await acme.as(acme.owner, (tenant) => changeRole(tenant, { userId: acme.member, role: "member" }));
    expect(await acme.actions()).toEqual([]);
  });

  it("holds from the next request on", async () => {
    await acme.as(acme.owner, (tenant) => changeRole(tenant, { userId: acme.admin, role: "viewer" }));
    const role = await acme.as(acme.admin, async (tenant) => tenant.role);
    expect(role).toBe("viewer");
    await refused(
      acme.as(acme.admin, (tenant) => removeMember(tenant, { userId: acme.member })),
      "FORBIDDEN",
    );
  });

  it("to what is no role, or for a reason that is too long, is INVALID_INPUT", async () => {
    const change = (input: object) =>
      acme.as(acme.owner, (tenant) => changeRole(tenant, { userId: acme.member, role: "viewer", ...input }));
    await refused(change({ role: "Owner" as Role }), "INVALID_INPUT");
    for (const [reason, code] of [
      ["x".repeat(1001), "TOO_LONG"],
      [42, "WRONG_FORM"],
    ]) {
      const refusal = { code: "INVALID_INPUT", fields: [{ field: "reason", code }] };
      await expect(change({ reason })).rejects.toMatchObject(refusal);
    }
    await expect(change({ reason: null })).resolves.toMatchObject({ role: "viewer" });
  });
});

describe("the last active owner", () => {
  it("can neither step down, leave, nor be removed: LAST_OWNER, and nothing is recorded", async () => {
    await acme.put("owner", { status: "suspended" });
    const userId = acme.owner;
    await refused(
      acme.as(userId, (tenant) => changeRole(tenant, { userId, role: "admin" })),
      "LAST_OWNER",
    );
    await refused(
      acme.as(userId, (tenant) => removeMember(tenant, { userId })),
      "LAST_OWNER",
    );
    await refused(
      acme.as(userId, (tenant) => leave(tenant)),
      "LAST_OWNER",
    );
    expect(await standing(userId)).toMatchObject({ role: "owner", status: "active" });
    expect(await acme.actions()).toEqual([]);
  });

  it("is guarded for raw SQL at any isolation level too", async () => {
    const second = await acme.put("owner");
    const clients = [await people.fixture.admin.connect(), await people.fixture.admin.connect()];
    const codes: unknown[] = [];
    for (const client of clients) await client.query("begin isolation level repeatable read");
    for (const client of clients) await client.query("select count(*) from rowhouse.memberships");
    const [first, other] = clients;
    await first?.query("delete from rowhouse.memberships where organization_id = $1 and user_id = $2", [
      acme.id,
      second,
    ]);
    await other?.query("delete from rowhouse.memberships where organization_id = $1 and user_id = $2", [
      acme.id,
      acme.owner,
    ]);
    for (const client of clients) {
      codes.push(
        await client.query("commit").then(
          () => "done",
          (error: { code: string }) => error.code,
        ),
      );
      client.release();
    }
    expect(codes).toEqual(["done", "40001"]);
  });
});

describe("who leaves or is removed", () => {
  it("is refused on the next request, and an event says so", async () => {
    await acme.as(acme.viewer, (tenant) => leave(tenant));
    await acme.as(acme.admin, (tenant) => removeMember(tenant, { userId: acme.member, reason: "left the company" }));
    for (const user of [acme.viewer, acme.member])
      await refused(
        acme.as(user, async () => undefined),
        "NOT_FOUND",
      );
    expect(await acme.events()).toMatchObject([
      { action: "member.left", target_id: acme.viewer, before: { role: "viewer" } },
      { action: "member.removed", actor_id: acme.admin, target_id: acme.member, reason: "left the company" },
    ]);
  });

  it("takes their API keys along, and nobody else's", async () => {
    for (const user of [acme.member, acme.admin]) {
      await people.fixture.admin.query(
        `insert into rowhouse.api_keys (organization_id, name, prefix, secret_hash, scopes, user_id, created_by)
         values ($1, 'key', 'rh_test', sha256($2::text::bytea), '{projects:read}', $2::uuid, $2::uuid)`,
        [acme.id, user],
      );
    }
    await acme.as(acme.owner, (tenant) => removeMember(tenant, { userId: acme.member }));
    const { rows } = await people.fixture.admin.query(
      "select user_id from rowhouse.api_keys where organization_id = $1",
      [acme.id],
    );
    expect(rows).toEqual([{ user_id: acme.admin }]);
  });
});

describe("ownership", () => {
  it("goes to an active member, and the former owner is admin from then on", async () => {
    await acme.as(acme.owner, (tenant) => transferOwnership(tenant, { toUserId: acme.viewer, reason: "sold" }));
    expect(await standing(acme.viewer)).toMatchObject({ role: "owner" });
    expect(await standing(acme.owner)).toMatchObject({ role: "admin" });
    expect(await acme.events()).toMatchObject([
      {
        action: "organization.ownership-transferred",
        target_id: acme.viewer,
        before: { owner: acme.owner },
        reason: "sold",
      },
    ]);
    await refused(
      acme.as(acme.owner, (tenant) => transferOwnership(tenant, { toUserId: acme.owner })),
      "FORBIDDEN",
    );
  });

  it("is an owner's alone to hand over, and to nobody suspended, unknown or the owner themselves", async () => {
    const suspended = await acme.put("member", { status: "suspended" });
    const give = (from: string, toUserId: string) => acme.as(from, (tenant) => transferOwnership(tenant, { toUserId }));
    for (const from of [acme.admin, acme.member, acme.viewer]) await refused(give(from, acme.admin), "FORBIDDEN");
    await refused(give(acme.owner, suspended), "CONFLICT");
    await refused(give(acme.owner, uuidv7()), "NOT_FOUND");
    await refused(give(acme.owner, acme.owner), "INVALID_INPUT");
    expect(await acme.actions()).toEqual([]);
  });
});

describe("a suspended member", () => {
  it("is refused on the next request until restored, and has the role of before", async () => {
    const userId = acme.admin;
    const suspend = () => acme.as(acme.owner, (tenant) => suspendMember(tenant, { userId, reason: "inquiry" }));
    await suspend();
    // Once more changes nothing, and is no event.
    expect(await suspend()).toMatchObject({ status: "suspended" });
    await refused(
      acme.as(userId, async () => undefined),
      "NOT_FOUND",
    );
    expect(await acme.as(acme.owner, (tenant) => restoreMember(tenant, { userId }))).toMatchObject({
      status: "active",
    });
    expect(await acme.as(userId, async (tenant) => tenant.role)).toBe("admin");
    expect(await acme.actions()).toEqual(["member.suspended", "member.restored"]);
  });

  it("is never oneself: FORBIDDEN", async () => {
    await acme.put("owner");
    await refused(
      acme.as(acme.owner, (tenant) => suspendMember(tenant, { userId: acme.owner })),
      "FORBIDDEN",
    );
  });

  it("frees a seat, and comes back only to a free one: MEMBER_LIMIT", async () => {
    await people.fixture.limitMembers(acme.id, 4);
    const add = () => acme.as(acme.owner, (tenant) => addMember(tenant, { userId: uuidv7(), role: "member" }));
    await refused(add(), "MEMBER_LIMIT");
    await acme.as(acme.owner, (tenant) => suspendMember(tenant, { userId: acme.member }));
    await add();
    await refused(
      acme.as(acme.owner, (tenant) => restoreMember(tenant, { userId: acme.member })),
      "MEMBER_LIMIT",
    );
    expect(await acme.actions()).toEqual(["member.suspended", "member.added"]);
  });
});

describe("a new member", () => {
  const add = (from: string, input: Parameters<typeof addMember>[1]) =>
    acme.as(from, (tenant) => addMember(tenant, input));

  it("needs the permission and a role not above the giver's", async () => {
    for (const from of [acme.member, acme.viewer])
      await refused(add(from, { userId: uuidv7(), role: "viewer" }), "FORBIDDEN");
    await expect(add(acme.admin, { userId: uuidv7(), role: "owner" })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: "The role admin cannot give the role owner.",
    });
    await add(acme.admin, { userId: uuidv7(), role: "admin", name: " New  Person ", email: "new@example.com" });
    expect(await acme.events()).toMatchObject([
      { action: "member.added", after: { role: "admin", name: "New Person" } },
    ]);
  });

  it("is a member once: CONFLICT", async () => {
    await refused(add(acme.owner, { userId: acme.viewer, role: "owner" }), "CONFLICT");
    expect(await standing(acme.viewer)).toMatchObject({ role: "viewer" });
  });

  it.each([
    { userId: "nobody" },
    { role: "root" as Role },
    { name: "a\0b" },
    { name: "x".repeat(201) },
    { email: "x".repeat(255) },
    { name: 7 as unknown as string },
  ])("with %j is INVALID_INPUT", async (input) => {
    await refused(add(acme.owner, { userId: uuidv7(), role: "viewer", ...input }), "INVALID_INPUT");
  });
});

describe("a personal workspace", () => {
  it("is one a user, and has one member who cannot leave", async () => {
    const user = uuidv7();
    const { slug } = await people.tenancy.createOrganization({ name: `Mine ${count}`, user, isPersonal: true });
    const enter = { organization: slug, user };
    await refused(people.tenancy.createOrganization({ name: "Mine too", user, isPersonal: true }), "CONFLICT");
    await people.tenancy.createOrganization({ name: "A company", user });
    await refused(
      people.tenancy.enter(enter, (tenant) => addMember(tenant, { userId: uuidv7(), role: "viewer" })),
      "MEMBER_LIMIT",
    );
    await refused(
      people.tenancy.enter(enter, (tenant) => leave(tenant)),
      "LAST_OWNER",
    );
  });
});
