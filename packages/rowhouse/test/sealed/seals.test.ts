import { createHmac } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ContextSealer } from "../../src/database/context-sealer.ts";
import { deriveSealKey, toSealBlocks } from "../../src/database/seal-key.ts";
import { sealFixtures, sealKey, unsealFixtures } from "../fixture/sealing.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";

let world: TwoOrganizations;
let runtime: pg.Client;

beforeAll(async () => {
  sealFixtures();
  world = await openTwoOrganizations();
  runtime = new pg.Client({ connectionString: world.fixture.runtimeUrl });
  await runtime.connect();
});

afterAll(async () => {
  unsealFixtures();
  await runtime.end();
  await world[Symbol.asyncDispose]();
});

interface Claims {
  readonly secret?: string;
  readonly keyId?: string;
  readonly expiry?: number;
  readonly organization?: string;
}

function sealOf({ secret = sealKey, keyId, expiry = soon(), organization = world.globex.id }: Claims = {}): string {
  const { id, key } = deriveSealKey(secret);
  const claims = ["v1", keyId ?? id, expiry, organization, "", "", "", ""].join("|");
  return `${createHmac("sha256", key).update(claims).digest("hex")}|${claims}`;
}

const soon = (): number => Math.ceil(Date.now() / 1000) + 60;
const readNames = "select name from projects";

/** What the runtime role reads in a transaction that names Globex and bears this seal, or the SQLSTATE of its refusal. */
async function read(seal: string, text = readNames): Promise<string> {
  await runtime.query("begin");
  try {
    await runtime.query(
      "select set_config('rowhouse.organization_id', $1, true), set_config('rowhouse.seal', $2, true)",
      [world.globex.id, seal],
    );
    const { rows } = await runtime.query<{ name: string }>(text);
    return rows.map(({ name }) => name).join();
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? "";
    throw error;
  } finally {
    await runtime.query("rollback");
  }
}

describe("a seal", () => {
  it("that the application made shows its organization's rows: the control of all that follows", async () => {
    expect(await read(sealOf())).toBe("globex secret");
    const own = new ContextSealer({ key: sealKey, ttlSeconds: 60 });
    expect(await read(own.seal({ organizationId: world.globex.id, userId: "" }))).toBe("globex secret");
  });

  it.each<[string, () => string, string]>([
    ["none", () => "", ""],
    ["another organization's", () => sealOf({ organization: world.acme.id }), ""],
    ["one with another organization written into it", () => swap(sealOf({ organization: world.acme.id })), "RH003"],
    ["one with a later expiry written into it", () => postpone(sealOf({ expiry: soon() - 120 })), "RH003"],
    ["one of before", () => sealOf({ expiry: soon() - 120 }), "RH003"],
    ["one of another key", () => sealOf({ secret: `${sealKey}!` }), "RH003"],
    [
      "one of another key under the name of this",
      () => sealOf({ secret: `${sealKey}!`, keyId: deriveSealKey(sealKey).id }),
      "RH003",
    ],
    ["one that is cut off", () => sealOf().slice(0, -1), "RH003"],
    ["one that goes on", () => `${sealOf()}|`, "RH003"],
    ["claims without a MAC", () => sealOf().slice(64), "RH003"],
    ["a MAC that is too long", () => `0${sealOf()}`, "RH003"],
    ["nonsense", () => "it's ÿ a | seal", "RH003"],
  ])("held against a transaction that names Globex, %s shows nothing", async (_, make, outcome) => {
    expect(await read(make())).toBe(outcome);
  });

  const swap = (seal: string): string => seal.replace(world.acme.id, world.globex.id);
  const postpone = (seal: string): string => seal.replace(String(soon() - 120), String(soon()));

  it("that was good when its transaction began holds until the end of it, and no longer", async () => {
    await runtime.query("begin");
    const { rows } = await runtime.query<{ expiry: number }>("select ceil(extract(epoch from now()))::int as expiry");
    const seal = sealOf({ expiry: rows[0]?.expiry ?? 0 });
    await runtime.query(
      "select set_config('rowhouse.organization_id', $1, true), set_config('rowhouse.seal', $2, true)",
      [world.globex.id, seal],
    );
    await runtime.query(
      "select pg_sleep(ceil(extract(epoch from now())) - extract(epoch from clock_timestamp()) + 0.01)",
    );
    expect((await runtime.query(readNames)).rows).toEqual([{ name: "globex secret" }]);
    await runtime.query("commit");
    expect(await read(seal)).toBe("RH003");
  });

  it("is made once for a scope, and anew when half of its life is over", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const context = { organizationId: world.acme.id, userId: "" };
      const sealer = new ContextSealer({ key: sealKey, ttlSeconds: 300 });
      const first = sealer.seal(context);
      expect(sealer.seal({ ...context, userId: world.acme.ownerId })).not.toBe(first);
      vi.advanceTimersByTime(149_000);
      expect(sealer.seal(context)).toBe(first);
      vi.advanceTimersByTime(2_000);
      expect(sealer.seal(context)).not.toBe(first);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each(["x", "1|2", "0190a000-0000-7000-8000-00000000000a|"])("is refused to what is no uuid: %s", (value) => {
    const sealer = new ContextSealer({ key: sealKey, ttlSeconds: 60 });
    const seals = [
      { organizationId: value, userId: "" },
      { organizationId: "", userId: value },
    ];
    for (const context of seals)
      expect(() => sealer.seal(context)).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
  });

  it("tells policies who acts, and with which role", async () => {
    const seal = new ContextSealer({ key: sealKey, ttlSeconds: 60 }).seal({
      organizationId: world.globex.id,
      userId: world.globex.ownerId,
      actor: "user ä|b",
      role: "owner",
    });
    expect(await read(seal, "select rowhouse.sealed_actor() || ', ' || rowhouse.sealed_role() as name")).toBe(
      "user ä|b, owner",
    );
  });
});

describe("the keys", () => {
  it.each([
    "select * from rowhouse.seal_keys",
    "select id from rowhouse.seal_keys",
    "delete from rowhouse.seal_keys",
    "insert into rowhouse.seal_keys (id) values ('0')",
    "select rowhouse.enter_organization(gen_random_uuid())",
    "select rowhouse.context_organization()",
    "select rowhouse.hmac_sha256('', '', '')",
    "alter policy tenant_floor on projects using (true)",
    "create or replace function rowhouse.sealed_organization() returns uuid language sql return gen_random_uuid()",
  ])("`%s` is refused to who serves", async (text) => {
    expect(await read("", text)).toBe("42501");
  });

  it("are found whatever lies in pg_temp", async () => {
    const { admin, database } = world.fixture;
    await admin.query(`grant temporary on database "${new URL(database.url).pathname.slice(1)}" to rowhouse_runtime`);
    await runtime.query(`
      create temp table seal_keys as select 'a'::pg_catalog.text as id, ''::pg_catalog.bytea as inner_block, ''::pg_catalog.bytea as outer_block;
      create domain pg_temp.text as pg_catalog.text check (false);
      create domain pg_temp.bytea as pg_catalog.bytea check (false);
      create domain pg_temp.uuid as pg_catalog.text;
      create function pg_temp.sha256(pg_catalog.bytea) returns pg_catalog.bytea language sql as 'select ''''::pg_catalog.bytea';
      create function pg_temp.same(pg_catalog.bytea, pg_catalog.bytea) returns boolean language sql as 'select true';
      create operator pg_temp.= (leftarg = pg_catalog.bytea, rightarg = pg_catalog.bytea, function = pg_temp.same);
      set search_path = pg_temp, public, rowhouse`);
    try {
      expect(await read(sealOf({ secret: `${sealKey}!` }))).toBe("RH003");
      expect(await read(sealOf())).toBe("globex secret");
    } finally {
      await runtime.query("discard all");
    }
  });

  // RFC 4231, test cases 1 to 4, 6 and 7
  it.each([
    ["0b".repeat(20), hex("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
    [
      hex("Jefe"),
      hex("what do ya want for nothing?"),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
    ["aa".repeat(20), "dd".repeat(50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"],
    [
      "0102030405060708090a0b0c0d0e0f10111213141516171819",
      "cd".repeat(50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    ],
    [
      "aa".repeat(131),
      hex("Test Using Larger Than Block-Size Key - Hash Key First"),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ],
    [
      "aa".repeat(131),
      hex(
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
      ),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ],
  ])("HMAC-SHA-256 in the database is RFC 4231's: %#", async (key, message, expected) => {
    const { inner, outer } = toSealBlocks(Buffer.from(key, "hex"));
    const { rows } = await world.fixture.admin.query("select encode(rowhouse.hmac_sha256($1, $2, $3), 'hex') as mac", [
      inner,
      outer,
      Buffer.from(message, "hex"),
    ]);
    expect(rows).toEqual([{ mac: expected }]);
  });
});

function hex(text: string): string {
  return Buffer.from(text).toString("hex");
}
