import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pruneRateLimits, rateHeaders, type RateCount, type RatePolicy } from "../../src/index.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";
import { openProxy, type FixtureTenancy } from "../fixture/two-organizations.ts";

let fixture: Fixture;
let tenancy: FixtureTenancy;

beforeAll(async () => {
  fixture = await openFixture();
  tenancy = fixture.open({}, { maxConnections: 12, acquireTimeoutMs: 15_000, operatorUrl: fixture.operatorUrl });
});

afterAll(() => fixture[Symbol.asyncDispose]());

const hourly = (limit: number, name = "test"): RatePolicy => ({ name, limit, windowSeconds: 3600 });
const subject = () => uuidv7();
const endWindows = () => fixture.admin.query("update rowhouse.rate_limits set resets_at = now()");
const countTimes = async (times: number, policy: RatePolicy, who: string) => {
  const counts: RateCount[] = [];
  for (let index = 0; index < times; index += 1) counts.push(await tenancy.rateLimits.count(policy, who));
  return counts;
};

describe("a window", () => {
  it("holds as many attempts as the limit says, then none until it has ended", async () => {
    const who = subject();
    const counts = await countTimes(5, hourly(3), who);
    expect(counts.map(({ isAllowed, remaining }) => [isAllowed, remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
      [false, 0],
    ]);
    for (const { resetSeconds } of counts) {
      expect(resetSeconds).toBeLessThanOrEqual(3600);
      expect(resetSeconds).toBeGreaterThan(3500);
    }
    await endWindows();
    expect(await tenancy.rateLimits.count(hourly(3), who)).toMatchObject({ isAllowed: true, remaining: 2 });
  });

  it("is one subject's and one policy's", async () => {
    const who = subject();
    expect((await countTimes(2, hourly(1), who)).map(({ isAllowed }) => isAllowed)).toEqual([true, false]);
    expect((await tenancy.rateLimits.count(hourly(1), subject())).isAllowed).toBe(true);
    expect((await tenancy.rateLimits.count(hourly(1, "other"), who)).isAllowed).toBe(true);
    const shorter = { ...hourly(1), windowSeconds: 60 };
    expect(await tenancy.rateLimits.count(shorter, who)).toMatchObject({ isAllowed: true, resetSeconds: 60 });
  });

  it("that was made smaller refuses what is over it already", async () => {
    const who = subject();
    await countTimes(5, hourly(10), who);
    expect(await tenancy.rateLimits.count(hourly(3), who)).toMatchObject({ isAllowed: false, remaining: 0 });
  });

  it.each([1, 7, 100])("of %i lets exactly that many of 50 more through when all come at once", async (limit) => {
    for (let round = 0; round < 3; round += 1) {
      const who = subject();
      const counts = await Promise.all(
        Array.from({ length: limit + 50 }, () => tenancy.rateLimits.count(hourly(limit), who)),
      );
      const allowed = counts.filter(({ isAllowed }) => isAllowed);
      expect(allowed).toHaveLength(limit);
      expect(new Set(allowed.map(({ remaining }) => remaining)).size).toBe(limit);
      await fixture.admin.query("truncate rowhouse.rate_limits");
    }
  });

  it("that has ended lets exactly the limit through when all come at once", async () => {
    const who = subject();
    await countTimes(8, hourly(5), who);
    await endWindows();
    const counts = await Promise.all(Array.from({ length: 55 }, () => tenancy.rateLimits.count(hourly(5), who)));
    expect(counts.filter(({ isAllowed }) => isAllowed)).toHaveLength(5);
  });
});

describe("an attempt", () => {
  it("too many is TOO_MANY_REQUESTS with the seconds to wait", async () => {
    const who = subject();
    expect(await tenancy.rateLimits.limit(hourly(1), who)).toMatchObject({ remaining: 0 });
    const refusal: unknown = await tenancy.rateLimits.limit(hourly(1), who).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "TOO_MANY_REQUESTS" });
    expect((refusal as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(3500);
  });

  it("that is refused writes nothing", async () => {
    const who = subject();
    await countTimes(2, hourly(1), who);
    const read = async () => {
      const text = "select xmin, * from rowhouse.rate_limits order by bucket";
      return (await fixture.admin.query<Record<string, unknown>>(text)).rows;
    };
    const before = await read();
    await countTimes(3, hourly(1), who);
    // The refused attempt locks the row, which marks xmax alone.
    expect(await read()).toEqual(before);
  });

  it("counts although the transaction around it is rolled back", async () => {
    const { slug, ownerId } = await fixture.createOrganization(`Rolled ${uuidv7()}`);
    const who = subject();
    const attempt = tenancy.enter({ organization: slug, user: ownerId }, (tenant) =>
      tenant.transaction(async () => {
        await tenancy.rateLimits.count(hourly(1), who);
        throw new Error("rolled back");
      }),
    );
    await expect(attempt).rejects.toThrow("rolled back");
    expect((await tenancy.rateLimits.count(hourly(1), who)).isAllowed).toBe(false);
  });

  it("takes one round trip", async () => {
    await using proxy = await openProxy(fixture.runtimeUrl);
    const near = fixture.open({}, { url: proxy.url(fixture.runtimeUrl), maxConnections: 1 });
    const who = subject();
    await near.rateLimits.count(hourly(2), who);
    proxy.reset();
    await near.rateLimits.count(hourly(2), who);
    await near.rateLimits.count(hourly(2), who);
    expect(proxy.counts().roundTrips).toBe(2);
    await near.close();
  });

  it.each(["", "\0", "'; drop table rowhouse.rate_limits; --", "x".repeat(100_000), "💥\ud800"])(
    "is counted for whatever subject (%#), and the subject is not kept",
    async (who) => {
      expect((await countTimes(2, hourly(1, "hostile"), who)).map(({ isAllowed }) => isAllowed)).toEqual([true, false]);
      const { rows } = await fixture.admin.query<{ bucket: string }>(
        "select bucket from rowhouse.rate_limits where bucket like 'hostile%'",
      );
      for (const { bucket } of rows) expect(bucket).toMatch(/^hostile\/3600:[A-Za-z0-9_-]{43}$/);
    },
  );

  it.each<[string, Partial<RatePolicy>]>([
    ["no name", { name: "" }],
    ["a name that would not fit a header", { name: 'a"b' }],
    ["a limit of none", { limit: 0 }],
    ["a limit that is no count", { limit: 1.5 }],
    ["no window", { windowSeconds: 0 }],
    ["an endless window", { windowSeconds: Number.POSITIVE_INFINITY }],
  ])("under a policy with %s is a TypeError", async (_, change) => {
    await expect(tenancy.rateLimits.count({ ...hourly(1), ...change }, "x")).rejects.toThrow(TypeError);
  });
});

it("the headers are those of the draft, with Retry-After for a refusal", () => {
  const allowed: RateCount = { policy: hourly(600, "api-key"), isAllowed: true, remaining: 12, resetSeconds: 7 };
  const denied: RateCount = {
    policy: { name: "address", limit: 100, windowSeconds: 60 },
    isAllowed: false,
    remaining: 0,
    resetSeconds: 31,
  };
  expect(rateHeaders([allowed])).toEqual({
    "ratelimit-policy": '"api-key";q=600;w=3600',
    ratelimit: '"api-key";r=12;t=7',
  });
  expect(rateHeaders([allowed, denied])).toEqual({
    "ratelimit-policy": '"api-key";q=600;w=3600, "address";q=100;w=60',
    ratelimit: '"api-key";r=12;t=7, "address";r=0;t=31',
    "retry-after": "31",
  });
  expect(rateHeaders([])).toEqual({});
});

it("the clean-up removes windows that have ended and no other, and waits for nobody", async () => {
  await fixture.admin.query("truncate rowhouse.rate_limits");
  const [ended, locked, open] = [subject(), subject(), subject()];
  for (const who of [ended, locked]) await tenancy.rateLimits.count(hourly(5), who);
  await endWindows();
  await tenancy.rateLimits.count(hourly(5), open);
  const prune = () => tenancy.operate({ operator: "test", reason: "nightly" }, (operator) => pruneRateLimits(operator));
  const client = await fixture.admin.connect();
  try {
    await client.query("begin");
    await client.query("select from rowhouse.rate_limits where resets_at <= now() limit 1 for update");
    expect(await prune()).toBe(1);
  } finally {
    await client.query("rollback");
    client.release();
  }
  expect(await prune()).toBe(1);
  expect(await prune()).toBe(0);
  expect((await tenancy.rateLimits.count(hourly(5), open)).remaining).toBe(3);
});
