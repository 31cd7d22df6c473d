import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  addMember,
  changeRole,
  createApiKey,
  createInvitation,
  createLinkInvitation,
  createServiceAccount,
  enableServiceAccount,
  leave,
  listApiKeys,
  removeMember,
  restoreMember,
  revokeApiKey,
  rotateApiKey,
  suspendMember,
  transferOwnership,
  type NewApiKey,
} from "../../src/index.ts";
import { refused } from "../fixture/refused.ts";
import type { FixtureTenant, Staffed } from "../members/people.ts";
import { bearing, openKeys, permissions, type KeyFixture } from "./key-fixture.ts";

let keys: KeyFixture;
let acme: Staffed;
const late: Error[] = [];

beforeAll(async () => {
  keys = await openKeys({ onBackgroundError: (error) => late.push(error) });
});

afterAll(async () => {
  await keys[Symbol.asyncDispose]();
  expect(late).toEqual([]);
});

beforeEach(async () => {
  acme = await keys.staffed();
});

const opens = (key: string) => keys.enter(key, async () => true);
const machineKey = async (role: "admin" | "member" | "viewer", scopes: readonly string[]) => {
  const { id } = await keys.as(acme, acme.owner, (tenant) => createServiceAccount(tenant, { name: uuidv7(), role }));
  return { id, ...(await keys.make(acme, acme.owner, { serviceAccountId: id, scopes })) };
};

describe("a key opens its organization", () => {
  it("with its holder's role and no more than its scopes", async () => {
    const { key, record } = await keys.make(acme, acme.admin, { scopes: ["projects:read", "projects:create"] });
    const seen = await keys.enter(key, async (tenant) => ({
      id: tenant.organization.id,
      role: tenant.role,
      actor: tenant.actor,
      permissions: tenant.permissions(),
      can: [tenant.can("projects:create"), tenant.can("projects:delete")],
      names: await tenant.db.selectFrom("projects").select("name").execute(),
    }));
    expect(seen).toEqual({
      id: acme.id,
      role: "admin",
      actor: { kind: "api-key", keyId: record.id, userId: acme.admin },
      permissions: ["projects:read", "projects:create"],
      can: [true, false],
      names: [],
    });
    await refused(
      keys.enter(key, async (tenant) => tenant.assertCan("projects:delete")),
      "FORBIDDEN",
    );
  });

  it("of a service account with that account's role, also when its maker is gone", async () => {
    const { key, record, id } = await machineKey("member", ["projects:read"]);
    await keys.sql("update rowhouse.api_keys set created_by = $2 where id = $1", [record.id, uuidv7()]);
    expect(await keys.enter(key, async ({ role, actor }) => ({ role, actor }))).toEqual({
      role: "member",
      actor: { kind: "service-account", keyId: record.id, serviceAccountId: id },
    });
  });

  it("and what it does stands in the audit log under its name", async () => {
    const { key, record } = await keys.make(acme, acme.owner, { scopes: permissions.of("owner") });
    await keys.enter(key, (tenant) => changeRole(tenant, { userId: acme.viewer, role: "member" }));
    expect((await acme.events()).at(-1)).toMatchObject({
      action: "member.role-changed",
      actor_kind: "api-key",
      actor_id: record.id,
    });
  });

  it("and shows nothing of its holder's other organizations, not even to raw SQL", async () => {
    const other = await keys.staffed();
    await keys.sql("insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'owner')", [
      other.id,
      acme.owner,
    ]);
    const { key } = await keys.make(acme, acme.owner);
    const { sql } = await import("kysely");
    const count = sql<string>`(select count(distinct organization_id) from rowhouse.memberships)`;
    const seen = await keys.enter(key, ({ db }) =>
      db.selectNoFrom(count.as("organizations")).executeTakeFirstOrThrow(),
    );
    expect(seen).toEqual({ organizations: "1" });
  });
});

describe("a key is refused on the very next request", () => {
  const cases: readonly (readonly [string, (made: NewApiKey) => Promise<unknown>])[] = [
    ["its holder was removed", () => remove(acme.admin)],
    ["its holder was suspended", () => keys.as(acme, acme.owner, (t) => suspendMember(t, { userId: acme.admin }))],
    ["its holder left", () => keys.as(acme, acme.admin, (tenant) => leave(tenant))],
    [
      "it has expired",
      ({ record }) => keys.sql("update rowhouse.api_keys set expires_at = now() where id = $1", [record.id]),
    ],
    ["it was revoked", ({ record }) => keys.as(acme, acme.owner, (t) => revokeApiKey(t, { keyId: record.id }))],
    ["it was rotated", ({ record }) => keys.as(acme, acme.admin, (t) => rotateApiKey(t, { keyId: record.id }))],
  ];
  const remove = (userId: string) => keys.as(acme, acme.owner, (tenant) => removeMember(tenant, { userId }));

  it.each(cases)("after %s, in the same words as an unknown one", async (_, change) => {
    const made = await keys.make(acme, acme.admin);
    expect(await opens(made.key)).toBe(true);
    await change(made);
    const refusal = await opens(made.key).catch((error: unknown) => error);
    const unknown = await opens(`${made.key.slice(0, 37)}${"A".repeat(43)}`).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "UNAUTHENTICATED" });
    expect((refusal as Error).message).toBe((unknown as Error).message);
  });

  it("after its service account was disabled, and opens again once that is enabled", async () => {
    const { key, id } = await machineKey("viewer", ["projects:read"]);
    await keys.sql("update rowhouse.service_accounts set status = 'disabled' where id = $1", [id]);
    await refused(opens(key), "UNAUTHENTICATED");
    await keys.as(acme, acme.owner, (tenant) => enableServiceAccount(tenant, { serviceAccountId: id }));
    expect(await opens(key)).toBe(true);
  });

  it("for what its holder was demoted from, and keeps the rest", async () => {
    const { key } = await keys.make(acme, acme.admin, { scopes: ["projects:read", "projects:delete"] });
    await keys.as(acme, acme.owner, (tenant) => changeRole(tenant, { userId: acme.admin, role: "viewer" }));
    const held = await keys.enter(key, async (tenant) => tenant.permissions());
    expect(held).toEqual(["projects:read"]);
  });

  it("while its organization is suspended, as people are", async () => {
    const { key } = await keys.make(acme, acme.admin);
    await keys.sql("update rowhouse.organizations set status = 'suspended' where id = $1", [acme.id]);
    await refused(opens(key), "ORGANIZATION_SUSPENDED");
    await refused(opens(`${key.slice(0, 37)}${"A".repeat(43)}`), "UNAUTHENTICATED");
  });

  it("when it names another organization than the one it was made in", async () => {
    const other = await keys.staffed();
    const { key } = await keys.make(acme, acme.owner);
    await refused(opens(key.replace(acme.id.replaceAll("-", ""), other.id.replaceAll("-", ""))), "UNAUTHENTICATED");
    await refused(opens(key.replace(acme.id.replaceAll("-", ""), uuidv7().replaceAll("-", ""))), "UNAUTHENTICATED");
  });
});

describe("a key does not reach beyond itself", () => {
  let all: string;

  beforeEach(async () => {
    all = (await keys.make(acme, acme.owner, { scopes: permissions.of("owner") })).key;
  });

  it("makes and rotates no keys, whatever its scopes", async () => {
    const { record } = await keys.make(acme, acme.owner);
    const machine = await machineKey("admin", ["api-keys:create", "api-keys:revoke"]);
    for (const key of [all, machine.key]) {
      await refused(
        keys.enter(key, (tenant) => createApiKey(tenant, { name: "Child", scopes: ["projects:read"] })),
        "FORBIDDEN",
      );
      await refused(
        keys.enter(key, (tenant) => rotateApiKey(tenant, { keyId: record.id })),
        "FORBIDDEN",
      );
    }
  });

  it("leaves for nobody and hands no ownership over", async () => {
    await refused(
      keys.enter(all, (tenant) => leave(tenant)),
      "FORBIDDEN",
    );
    await refused(
      keys.enter(all, (tenant) => transferOwnership(tenant, { toUserId: acme.admin })),
      "FORBIDDEN",
    );
  });

  it("gives no role that may do more than the key", async () => {
    const scopes = [
      "projects:read",
      "members:read",
      "members:update",
      "members:remove",
      "invitations:create",
      "service-accounts:create",
      "service-accounts:update",
    ];
    const { key } = await keys.make(acme, acme.owner, { scopes });
    const suspended = await acme.put("admin", { status: "suspended" });
    const { id: serviceAccountId } = await machineKey("admin", ["projects:read"]);
    await keys.sql("update rowhouse.service_accounts set status = 'disabled' where id = $1", [serviceAccountId]);
    const beyond: readonly ((tenant: FixtureTenant) => Promise<unknown>)[] = [
      (tenant) => addMember(tenant, { userId: uuidv7(), role: "member" }),
      (tenant) => changeRole(tenant, { userId: acme.viewer, role: "owner" }),
      (tenant) => changeRole(tenant, { userId: acme.viewer, role: "member" }),
      (tenant) => restoreMember(tenant, { userId: suspended }),
      (tenant) => createServiceAccount(tenant, { name: "Bot", role: "admin" }),
      (tenant) => enableServiceAccount(tenant, { serviceAccountId }),
      (tenant) => createInvitation(tenant, { email: "eve@example.com", role: "admin" }),
      (tenant) => createLinkInvitation(tenant, { role: "member", expiresInDays: 1 }),
    ];
    for (const step of beyond) await refused(keys.enter(key, step), "FORBIDDEN");
    await expect(
      keys.enter(key, (tenant) => addMember(tenant, { userId: uuidv7(), role: "member" })),
    ).rejects.toMatchObject({ message: "This api-key lacks permissions of the role member." });
    const within: readonly ((tenant: FixtureTenant) => Promise<unknown>)[] = [
      (tenant) => addMember(tenant, { userId: uuidv7(), role: "viewer" }),
      (tenant) => changeRole(tenant, { userId: acme.member, role: "viewer" }),
      (tenant) => createServiceAccount(tenant, { name: "Bot", role: "viewer" }),
      (tenant) => createInvitation(tenant, { email: "bob@example.com", role: "viewer" }),
      (tenant) => createLinkInvitation(tenant, { role: "viewer", expiresInDays: 1 }),
    ];
    for (const step of within) await keys.enter(key, step);
  });

  it("of a service account makes service accounts in its name", async () => {
    const { key, id } = await machineKey("admin", ["service-accounts:create", "projects:read"]);
    const made = await keys.enter(key, (tenant) => createServiceAccount(tenant, { name: "Child", role: "viewer" }));
    expect(made).toMatchObject({ createdBy: id });
  });

  it("gives no role above its holder's, though its scopes were enough", async () => {
    const everything = permissions.of("owner");
    const { key, record } = await keys.make(acme, acme.admin);
    await keys.sql("update rowhouse.api_keys set scopes = $2 where id = $1", [record.id, everything]);
    await refused(
      keys.enter(key, (tenant) => changeRole(tenant, { userId: acme.viewer, role: "owner" })),
      "FORBIDDEN",
    );
    await refused(
      keys.enter(key, (tenant) => removeMember(tenant, { userId: acme.owner })),
      "FORBIDDEN",
    );
  });

  it("does not see keys without the scope, and revokes within its role", async () => {
    const { key } = await keys.make(acme, acme.admin, { scopes: ["projects:read", "api-keys:revoke"] });
    await refused(
      keys.enter(key, (tenant) => listApiKeys(tenant)),
      "FORBIDDEN",
    );
    const owned = await keys.make(acme, acme.owner);
    await refused(
      keys.enter(key, (tenant) => revokeApiKey(tenant, { keyId: owned.record.id })),
      "FORBIDDEN",
    );
    const leaked = await keys.make(acme, acme.member);
    await keys.enter(key, (tenant) => revokeApiKey(tenant, { keyId: leaked.record.id }));
    await refused(opens(leaked.key), "UNAUTHENTICATED");
  });
});

describe("the last use", () => {
  const lastUse = async (id: string) =>
    (await keys.sql("select last_used_at from rowhouse.api_keys where id = $1", [id]))[0]?.last_used_at;

  const minutesSince = (moment: unknown) => (Date.now() - (moment as Date).getTime()) / 60_000;

  it("is noted once a minute, however many requests there are", async () => {
    const { key, record } = await keys.make(acme, acme.owner);
    await Promise.all(Array.from({ length: 30 }, () => opens(key)));
    await vi.waitFor(async () => expect(await lastUse(record.id)).toBeInstanceOf(Date), { timeout: 10_000 });
    const first = await lastUse(record.id);
    await opens(key);
    await sleep(50);
    expect(await lastUse(record.id)).toEqual(first);
    await keys.sql("update rowhouse.api_keys set last_used_at = now() - interval '2 minutes' where id = $1", [
      record.id,
    ]);
    await opens(key);
    await vi.waitFor(async () => expect(minutesSince(await lastUse(record.id))).toBeLessThan(1), { timeout: 10_000 });
  });

  it("is not noted for a key that was refused", async () => {
    const { key, record } = await keys.make(acme, acme.owner);
    await keys.sql("update rowhouse.api_keys set revoked_at = now() where id = $1", [record.id]);
    await refused(opens(key), "UNAUTHENTICATED");
    await sleep(50);
    expect(await lastUse(record.id)).toBeNull();
  });

  it("waits for nobody who is changing the key, and fails no request", async () => {
    const { key, record } = await keys.make(acme, acme.owner);
    const client = await keys.people.fixture.admin.connect();
    try {
      await client.query("begin");
      await client.query("update rowhouse.api_keys set name = 'Busy' where id = $1", [record.id]);
      expect(await opens(key)).toBe(true);
      const inUse = () => keys.tenancy.connections().total - keys.tenancy.connections().idle;
      await vi.waitFor(() => expect(inUse()).toBe(0), { timeout: 10_000 });
    } finally {
      await client.query("rollback");
      client.release();
    }
  });

  it("that cannot be written is told to onBackgroundError, and the request goes on", async () => {
    const errors: Error[] = [];
    const tenancy = keys.people.fixture.open({
      permissions,
      locate: ["api-key"],
      onBackgroundError: (error) => errors.push(error),
    });
    const { key } = await keys.make(acme, acme.owner);
    await keys.sql("revoke update on rowhouse.api_keys from rowhouse_runtime", []);
    try {
      expect(await tenancy.enterRequest(bearing(key), async () => true)).toBe(true);
      await vi.waitFor(() => expect(errors).toHaveLength(1), { timeout: 10_000 });
    } finally {
      await keys.sql("grant update on rowhouse.api_keys to rowhouse_runtime", []);
    }
  });
});
