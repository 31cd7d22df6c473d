import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  addMember,
  createServiceAccount,
  leave,
  removeMember,
  suspendMember,
  transferOwnership,
} from "../../src/index.ts";
import { refused } from "../fixture/refused.ts";
import { openKeys, type KeyFixture } from "../api-keys/key-fixture.ts";
import type { FixtureTenant, Staffed } from "./people.ts";

let keys: KeyFixture;
let acme: Staffed;

beforeAll(async () => {
  keys = await openKeys();
});

afterAll(() => keys[Symbol.asyncDispose]());

beforeEach(async () => {
  acme = await keys.staffed();
});

const add = (tenant: FixtureTenant) => addMember(tenant, { userId: uuidv7(), role: "viewer" });
const scopes = ["projects:read", "members:read", "members:update", "members:remove"];

/** The key of a service account. */
async function machine(role: "admin" | "viewer"): Promise<{ id: string; key: string }> {
  const { id } = await keys.as(acme, acme.owner, (tenant) => createServiceAccount(tenant, { name: uuidv7(), role }));
  const { key } = await keys.make(acme, acme.owner, { serviceAccountId: id, scopes });
  return { id, key };
}

function asJob<T>(work: (tenant: FixtureTenant) => Promise<T>): Promise<T> {
  const entry = { organization: acme.id, job: "tidy-up", permissions: ["members:update" as const], requires: null };
  return keys.tenancy.enterJob(entry, (tenant) => work(tenant));
}

describe("in a scope that was opened before the actor was demoted", () => {
  it.each<[string, (tenant: FixtureTenant) => Promise<unknown>]>([
    ["adding a member", add],
    ["handing ownership over", (tenant) => transferOwnership(tenant, { toUserId: acme.member })],
    ["leaving", (tenant) => leave(tenant)],
  ])("%s is FORBIDDEN", async (_, act) => {
    await acme.put("owner");
    const late = keys.as(acme, acme.owner, async (tenant) => {
      await keys.sql("update rowhouse.memberships set role = 'viewer' where user_id = $1", [acme.owner]);
      await act(tenant);
    });
    await refused(late, "FORBIDDEN");
    expect(await acme.members()).toHaveLength(5);
    expect(await acme.actions()).toEqual([]);
  });

  it("and removed, leaving is FORBIDDEN, and in an organization that is gone, everything is NOT_FOUND", async () => {
    const removed = keys.as(acme, acme.viewer, async (tenant) => {
      await keys.sql("delete from rowhouse.memberships where user_id = $1", [acme.viewer]);
      await leave(tenant);
    });
    await refused(removed, "FORBIDDEN");
    const gone = keys.as(acme, acme.owner, async (tenant) => {
      await keys.sql("delete from rowhouse.organizations where id = $1", [acme.id]);
      await add(tenant);
    });
    await refused(gone, "NOT_FOUND");
  });
});

describe("a service account", () => {
  it("adds, suspends and removes members by its own standing", async () => {
    const { key } = await machine("admin");
    await keys.enter(key, add);
    await keys.enter(key, (tenant) => suspendMember(tenant, { userId: acme.member }));
    await keys.enter(key, (tenant) => removeMember(tenant, { userId: acme.member }));
    expect(await acme.members()).toHaveLength(4);
  });

  it.each(["status = 'disabled'", "role = 'viewer'"])(
    "that changed meanwhile (%s) is FORBIDDEN, whatever others may do",
    async (change) => {
      const { id, key } = await machine("admin");
      await machine("admin");
      const late = keys.enter(key, async (tenant) => {
        await keys.sql(`update rowhouse.service_accounts set ${change} where id = $1`, [id]);
        await add(tenant);
      });
      await refused(late, "FORBIDDEN");
      expect(await acme.members()).toHaveLength(4);
    },
  );
});

describe("a job", () => {
  it("of the system changes members without being one", async () => {
    await asJob((tenant) => suspendMember(tenant, { userId: acme.member }));
    expect(await acme.events()).toMatchObject([{ action: "member.suspended", actor_kind: "job" }]);
  });

  it("leaves for nobody and hands no ownership over: FORBIDDEN", async () => {
    await refused(asJob(leave), "FORBIDDEN");
    await refused(
      asJob((tenant) => transferOwnership(tenant, { toUserId: acme.member })),
      "FORBIDDEN",
    );
    expect(await acme.members()).toHaveLength(4);
  });
});
