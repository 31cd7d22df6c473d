import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ContextSealer } from "../../src/database/context-sealer.ts";
import { findUnsafe } from "../../src/policy/boot-guard.ts";
import { migrate, type SealKeys } from "../../src/migrations/index.ts";
import { codeOf } from "../fixture/code-of.ts";
import { guardInTransaction } from "../fixture/guard-in-transaction.ts";
import { tables } from "../fixture/test-tenancy.ts";
import {
  asMember,
  openTwoOrganizations,
  type FixtureTenancy,
  type TwoOrganizations,
} from "../fixture/two-organizations.ts";

const [older, newer] = ["the older secret of at least 32 characters", "the newer secret of at least 32 characters"];
let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations({ maxConnections: 1 });
});

afterAll(() => world[Symbol.asyncDispose]());

const change = (seal?: SealKeys | "off") => migrate({ adminUrl: world.fixture.database.url, tables, seal });
const open = (key: string, isRequired = true): FixtureTenancy =>
  world.fixture.open({}, { seal: { key, isRequired }, maxConnections: 1 });

/** What somebody of Acme's reads, or why not. */
async function read(tenancy: FixtureTenancy): Promise<string> {
  let names: string[] = [];
  const outcome = await codeOf(
    tenancy.enter(asMember(world.acme), async ({ db }) => {
      names = (await db.selectFrom("projects").select("name").execute()).map(({ name }) => name);
    }),
  );
  return outcome === "ok" ? names.join() : outcome;
}

const answerOf = (tenancy: FixtureTenancy): Promise<string> =>
  tenancy.start().then(
    () => "clean",
    (error: Error) => error.message,
  );

describe("sealing", () => {
  it("is brought in, rotated and taken out while the application goes on reading", async () => {
    expect(await answerOf(open(older))).toMatch(/row security asks for no seal/);
    const running = open(older, false);
    expect(await read(running)).toBe("acme secret");
    await change({ keys: [older] });
    expect(await read(running)).toBe("acme secret");
    expect(await read(open(older))).toBe("acme secret");
    expect(await answerOf(world.fixture.open())).toMatch(/database\.seal: is not set/);
    expect(await answerOf(open(newer)), "a key that the database has not").toMatch(/does not hold/);

    await change({ keys: [older, newer] });
    const next = open(newer);
    expect([await read(running), await read(next)]).toEqual(["acme secret", "acme secret"]);
    await change({ keys: [newer] });
    expect([await read(running), await read(next)]).toEqual(["SEAL_BROKEN", "acme secret"]);

    await change();
    expect(await read(next), "an option that is left out takes nothing away").toBe("acme secret");
    expect(await answerOf(world.fixture.open())).toMatch(/database\.seal: is not set/);
    await change("off");
    expect([await answerOf(world.fixture.open()), await read(next)]).toEqual(["clean", "acme secret"]);
  });

  it.each([
    ["no key", []],
    ["a short one", ["too short"]],
    ["one that comes twice", [older, older]],
    ["three", [older, newer, `${newer}!`]],
  ])("is refused with %s", async (_, keys) => {
    expect(await codeOf(change({ keys }))).toBe("INVALID_SETTINGS");
  });
});

describe("Promise 2: the application refuses to start on a database whose seals can be gone around", () => {
  let admin: pg.PoolClient;
  beforeAll(async () => {
    await change({ keys: [older] });
    admin = await world.fixture.admin.connect();
  });
  afterAll(() => admin.release());

  it.each([
    [
      "keys that who serves may read",
      "grant select (id) on rowhouse.seal_keys to rowhouse_runtime",
      /rowhouse\.seal_keys/,
    ],
    [
      "a way to enter without a seal",
      "grant execute on function rowhouse.enter_organization(uuid) to rowhouse_runtime",
      /rowhouse\.seal_keys/,
    ],
    [
      "a floor of the application's that asks for none",
      "alter policy tenant_floor on public.tasks using (organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid))",
      /tasks: policy tenant_floor is altered/,
    ],
    [
      "a floor of the control plane that asks for none",
      `alter policy tenant_floor on rowhouse.memberships using (organization_id = (select rowhouse.sealed_organization())
         or user_id = (select nullif(current_setting('rowhouse.user_id', true), '')::uuid))`,
      /rowhouse\.memberships: policy tenant_floor is altered/,
    ],
    [
      "a function that believes anybody",
      `create or replace function rowhouse.sealed_organization() returns uuid language sql stable
         return nullif(current_setting('rowhouse.organization_id', true), '')::uuid`,
      /shows rows to a context that nobody sealed/,
    ],
  ])("Promise 2: %s", async (_, unsafe, finding) => {
    const seal = { sealer: new ContextSealer({ key: older, ttlSeconds: 300 }), isRequired: true };
    const guard = async (): Promise<string> => {
      await admin.query("set local session authorization rowhouse_runtime");
      const { findings } = await findUnsafe(guardInTransaction(admin), { ...tables, sharedKeys: [] }, seal);
      await admin.query("reset session authorization");
      return findings.map(({ object, problem }) => `${object}: ${problem}`).join("\n");
    };
    await admin.query("begin");
    try {
      expect(await guard(), "the control").toBe("");
      await admin.query(unsafe);
      expect(await guard()).toMatch(finding);
    } finally {
      await admin.query("rollback");
    }
  });
});
