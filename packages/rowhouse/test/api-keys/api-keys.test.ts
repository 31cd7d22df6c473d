import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createApiKey,
  createServiceAccount,
  disableServiceAccount,
  getApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from "../../src/index.ts";
import { refused } from "../fixture/refused.ts";
import type { FixtureTenant, Staffed } from "../members/people.ts";
import { openKeys, type KeyFixture } from "./key-fixture.ts";

let keys: KeyFixture;
let acme: Staffed;

beforeAll(async () => {
  keys = await openKeys();
});

afterAll(() => keys[Symbol.asyncDispose]());

beforeEach(async () => {
  acme = await keys.staffed();
});

const inAMinute = () => new Date(Date.now() + 60_000);
const machine = (user: string, role: "admin" | "member" | "viewer") =>
  keys.as(acme, user, (tenant) => createServiceAccount(tenant, { name: uuidv7(), role }));
const opens = (key: string) => keys.enter(key, async () => true);

describe("making a key", () => {
  it("shows it once, keeps a hash and a prefix, and writes an event without the secret", async () => {
    const expiresAt = inAMinute();
    const { key, record } = await keys.make(acme, acme.admin, {
      name: "  Build   server ",
      scopes: ["projects:create", "projects:read", "projects:read"],
      expiresAt,
    });
    expect(key.startsWith(`rhk_${acme.id.replaceAll("-", "")}_`)).toBe(true);
    expect(record).toMatchObject({
      name: "Build server",
      scopes: ["projects:read", "projects:create"],
      prefix: `rhk_…${key.slice(37, 43)}`,
      holder: { kind: "user", id: acme.admin },
      status: "active",
      expiresAt,
      lastUsedAt: null,
      revokedAt: null,
      createdBy: acme.admin,
    });
    const rows = await keys.sql("select row_to_json(k)::text as row from rowhouse.api_keys k where id = $1", [
      record.id,
    ]);
    const events = await acme.events();
    expect(events).toMatchObject([{ action: "api-key.created", target_id: record.id, actor_id: acme.admin }]);
    expect(JSON.stringify([rows, events, record])).not.toContain(key.slice(37));
  });

  it("gives no scope that its maker does not have", async () => {
    for (const scope of ["projects:delete", "api-keys:revoke", "*", "projects:*", "nothing:at-all"]) {
      await refused(keys.make(acme, acme.member, { scopes: ["projects:read", scope] }), "FORBIDDEN");
    }
    expect(await acme.actions()).toEqual([]);
  });

  it("needs the permission", async () => {
    await refused(keys.make(acme, acme.viewer), "FORBIDDEN");
  });

  it.each([
    ["an empty name", { name: " " }],
    ["a name that is too long", { name: "x".repeat(101) }],
    ["a name with a control character", { name: "a\u0000b" }],
    ["no scope", { scopes: [] }],
    ["scopes that are no list", { scopes: "projects:read" as unknown as string[] }],
    ["too many scopes", { scopes: Array.from({ length: 501 }, () => "projects:read") }],
    ["an end that has passed", { expiresAt: new Date(Date.now() - 1) }],
    ["an end that is no time", { expiresAt: new Date(Number.NaN) }],
    ["an end beyond the calendar", { expiresAt: new Date(8e15) }],
  ])("with %s is INVALID_INPUT", async (_, changes) => {
    await expect(keys.make(acme, acme.owner, changes)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ field: Object.keys(changes)[0] }],
    });
  });

  it("for a service account is held by that account, within the maker's permissions", async () => {
    const { id: serviceAccountId } = await machine(acme.owner, "admin");
    const { record } = await keys.make(acme, acme.admin, { serviceAccountId, scopes: ["members:remove"] });
    expect(record.holder).toMatchObject({ kind: "service-account", id: serviceAccountId });
    expect(record.createdBy).toBe(acme.admin);
  });

  it("for a service account above oneself is FORBIDDEN, for a disabled one CONFLICT, for a foreign one NOT_FOUND", async () => {
    const { id: serviceAccountId } = await machine(acme.owner, "admin");
    await refused(keys.make(acme, acme.member, { serviceAccountId }), "FORBIDDEN");
    await keys.as(acme, acme.owner, (tenant) => disableServiceAccount(tenant, { serviceAccountId }));
    await refused(keys.make(acme, acme.admin, { serviceAccountId }), "CONFLICT");
    const other = await keys.staffed();
    await refused(keys.make(other, other.owner, { serviceAccountId }), "NOT_FOUND");
    await refused(keys.make(acme, acme.owner, { serviceAccountId: "bot" }), "NOT_FOUND");
  });

  it("by somebody who was removed or demoted meanwhile is FORBIDDEN", async () => {
    const late = (statement: string) =>
      keys.as(acme, acme.admin, async (tenant) => {
        await keys.sql(statement, [acme.admin]);
        await createApiKey(tenant, { name: "Late", scopes: ["members:remove"] });
      });
    await refused(late("update rowhouse.memberships set role = 'viewer' where user_id = $1"), "FORBIDDEN");
    await keys.sql("update rowhouse.memberships set role = 'admin' where user_id = $1", [acme.admin]);
    await refused(late("delete from rowhouse.memberships where user_id = $1"), "FORBIDDEN");
  });
});

describe("revoking a key", () => {
  it("ends it at once and for good; doing it twice is doing it once", async () => {
    const { key, record } = await keys.make(acme, acme.member);
    expect(await opens(key)).toBe(true);
    const revoke = (user: string) =>
      keys.as(acme, user, (tenant) => revokeApiKey(tenant, { keyId: record.id, reason: "leaked" }));
    const revoked = await revoke(acme.admin);
    expect(revoked).toMatchObject({ status: "revoked", id: record.id });
    await refused(opens(key), "UNAUTHENTICATED");
    expect(await revoke(acme.owner)).toEqual(revoked);
    await refused(
      keys.as(acme, acme.owner, (tenant) => rotateApiKey(tenant, { keyId: record.id, expiresAt: null })),
      "FORBIDDEN",
    );
    expect(await acme.events()).toMatchObject([
      { action: "api-key.created" },
      { action: "api-key.revoked", before: { status: "active" }, reason: "leaked" },
    ]);
  });

  it("needs the permission, also for one's own", async () => {
    const { record } = await keys.make(acme, acme.member);
    await refused(
      keys.as(acme, acme.member, (tenant) => revokeApiKey(tenant, { keyId: record.id })),
      "FORBIDDEN",
    );
  });

  it("of somebody above oneself is FORBIDDEN", async () => {
    const { record } = await keys.make(acme, acme.owner);
    await refused(
      keys.as(acme, acme.admin, (tenant) => revokeApiKey(tenant, { keyId: record.id })),
      "FORBIDDEN",
    );
  });
});

describe("rotating a key", () => {
  const rotate = (user: string, keyId: string, expiresAt?: Date | null) =>
    keys.as(acme, user, (tenant) => rotateApiKey(tenant, { keyId, expiresAt }));

  it("gives another secret, and the one before is dead at once", async () => {
    const { key: before, record } = await keys.make(acme, acme.admin, { expiresAt: inAMinute() });
    const { key: after, record: rotated } = await rotate(acme.admin, record.id);
    expect(rotated).toMatchObject({ id: record.id, scopes: record.scopes, expiresAt: record.expiresAt });
    expect(rotated.prefix).not.toBe(record.prefix);
    await refused(opens(before), "UNAUTHENTICATED");
    expect(await opens(after)).toBe(true);
    expect(await acme.events()).toMatchObject([
      { action: "api-key.created" },
      { action: "api-key.rotated", before: { prefix: record.prefix }, after: { prefix: rotated.prefix } },
    ]);
    expect(JSON.stringify(await acme.events())).not.toContain(after.slice(37));
  });

  it("of a personal key is its holder's alone", async () => {
    const { record } = await keys.make(acme, acme.admin);
    await refused(rotate(acme.owner, record.id), "FORBIDDEN");
  });

  it("needs the permissions to make and to revoke", async () => {
    const { record } = await keys.make(acme, acme.member);
    await refused(rotate(acme.member, record.id), "FORBIDDEN");
  });

  it("of a service account's key stays within the caller's own role and permissions", async () => {
    const { id: serviceAccountId } = await machine(acme.owner, "admin");
    const { record } = await keys.make(acme, acme.owner, { serviceAccountId });
    expect((await rotate(acme.admin, record.id)).record.id).toBe(record.id);
    const { record: beyond } = await keys.make(acme, acme.owner, { serviceAccountId, scopes: ["audit:export"] });
    await refused(rotate(acme.admin, beyond.id), "FORBIDDEN");
    await keys.sql("update rowhouse.memberships set role = 'member' where user_id = $1", [acme.admin]);
    await refused(rotate(acme.admin, record.id), "FORBIDDEN");
  });

  it("of an expired key needs a new end, and of a revoked one is CONFLICT", async () => {
    const { record } = await keys.make(acme, acme.owner);
    await keys.sql("update rowhouse.api_keys set expires_at = now() where id = $1", [record.id]);
    await refused(rotate(acme.owner, record.id), "CONFLICT");
    await refused(rotate(acme.owner, record.id, new Date(0)), "INVALID_INPUT");
    const { key, record: renewed } = await rotate(acme.owner, record.id, inAMinute());
    expect(renewed.status).toBe("active");
    expect(await opens(key)).toBe(true);
    await keys.as(acme, acme.owner, (tenant) => revokeApiKey(tenant, { keyId: record.id }));
    await refused(rotate(acme.owner, record.id, inAMinute()), "CONFLICT");
  });

  it("by ten at once leaves exactly one secret that opens", async () => {
    const { record } = await keys.make(acme, acme.owner);
    const rotated = await Promise.all(Array.from({ length: 10 }, () => rotate(acme.owner, record.id)));
    const opened = await Promise.allSettled(rotated.map(({ key }) => opens(key)));
    expect(opened.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("and revoking at once never leaves a secret that opens", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { key, record } = await keys.make(acme, acme.owner);
      const [rotated] = await Promise.allSettled([
        rotate(acme.owner, record.id),
        keys.as(acme, acme.owner, (tenant) => revokeApiKey(tenant, { keyId: record.id })),
      ]);
      await refused(opens(key), "UNAUTHENTICATED");
      if (rotated.status === "fulfilled") await refused(opens(rotated.value.key), "UNAUTHENTICATED");
    }
  });
});

describe("a key", () => {
  it("of another organization, unknown or malformed is NOT_FOUND", async () => {
    const { record } = await keys.make(acme, acme.owner);
    const other = await keys.staffed();
    const steps: readonly ((tenant: FixtureTenant, keyId: string) => Promise<unknown>)[] = [
      (tenant, keyId) => getApiKey(tenant, { keyId }),
      (tenant, keyId) => revokeApiKey(tenant, { keyId }),
      (tenant, keyId) => rotateApiKey(tenant, { keyId }),
    ];
    for (const step of steps) {
      for (const keyId of [record.id, uuidv7(), "key", ""])
        await refused(
          keys.as(other, other.owner, (tenant) => step(tenant, keyId)),
          "NOT_FOUND",
        );
    }
  });

  it("goes with its holder's membership", async () => {
    const { record } = await keys.make(acme, acme.admin);
    await keys.sql("delete from rowhouse.memberships where user_id = $1", [acme.admin]);
    await refused(
      keys.as(acme, acme.owner, (tenant) => getApiKey(tenant, { keyId: record.id })),
      "NOT_FOUND",
    );
  });
});

describe("the list", () => {
  const list = async (input: Parameters<typeof listApiKeys>[1] = {}) =>
    keys.as(acme, acme.member, (tenant) => listApiKeys(tenant, input));

  it("goes from the newest on, in pages, and has this organization's alone", async () => {
    const other = await keys.staffed();
    await keys.make(other, other.owner, { name: "Foreign" });
    for (const name of ["A", "B", "C"]) await keys.make(acme, acme.owner, { name });
    const first = await list({ limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(["C", "B"]);
    const second = await list({ limit: 2, after: first.next ?? "" });
    expect(second.items.map(({ name }) => name)).toEqual(["A"]);
    expect(second.next).toBeNull();
    await refused(list({ after: "x" }), "INVALID_INPUT");
  });

  it("is searched by name and prefix, and filtered by status and holder", async () => {
    const { id: serviceAccountId } = await machine(acme.owner, "viewer");
    const bot = await keys.make(acme, acme.owner, { name: "Robot 100%", serviceAccountId });
    const own = await keys.make(acme, acme.member, { name: "Mine" });
    const old = await keys.make(acme, acme.owner, { name: "Old" });
    await keys.sql("update rowhouse.api_keys set expires_at = now() where id = $1", [old.record.id]);
    await keys.as(acme, acme.owner, (tenant) => revokeApiKey(tenant, { keyId: bot.record.id }));
    const names = async (input: Parameters<typeof listApiKeys>[1]) => (await list(input)).items.map(({ name }) => name);
    expect(await names({ search: "robot 100%" })).toEqual(["Robot 100%"]);
    expect(await names({ search: own.record.prefix.slice(5) })).toEqual(["Mine"]);
    expect(await names({ status: "active" })).toEqual(["Mine"]);
    expect(await names({ status: "expired" })).toEqual(["Old"]);
    expect(await names({ status: "revoked" })).toEqual(["Robot 100%"]);
    expect(await names({ serviceAccountId })).toEqual(["Robot 100%"]);
    expect(await names({ userId: acme.member })).toEqual(["Mine"]);
    await refused(list({ status: "lost" as "active" }), "INVALID_INPUT");
  });

  it("needs the permission", async () => {
    await refused(
      keys.as(acme, acme.viewer, (tenant) => listApiKeys(tenant)),
      "FORBIDDEN",
    );
    await refused(
      keys.as(acme, acme.viewer, (tenant) => getApiKey(tenant, { keyId: uuidv7() })),
      "FORBIDDEN",
    );
  });
});
