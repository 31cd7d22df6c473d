import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { pgBouncerPath, startPgBouncer, type PgBouncer } from "@rowhouse/local-postgres";
import { refused } from "../fixture/refused.ts";
import {
  asMember,
  openTwoOrganizations,
  type FixtureTenancy,
  type TwoOrganizations,
} from "../fixture/two-organizations.ts";
import { cleanUp, keeps, rules, type Ground } from "./conformance.ts";
import { drizzleContestant } from "./drizzle-contestant.ts";
import { kyselyContestant } from "./kysely-contestant.ts";
import { mixedRules } from "./mixed-rules.ts";
import { pgContestant } from "./pg-contestant.ts";
import { prismaContestant } from "./prisma-contestant.ts";

const contestants = [pgContestant, kyselyContestant, drizzleContestant, prismaContestant];

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations();
});

afterAll(() => world[Symbol.asyncDispose]());

const ways = [
  { way: "direct", mode: undefined },
  { way: "through PgBouncer in transaction mode", mode: "transaction" },
  { way: "through PgBouncer in session mode", mode: "session" },
] as const;

// PgBouncer does not come with npm; where it is not installed, two of three ways are not tried.
describe.each(ways.filter(({ mode }) => mode === undefined || pgBouncerPath !== undefined))("$way", ({ mode }) => {
  let bouncer: PgBouncer | undefined;
  let tenancy: FixtureTenancy;
  let hasty: FixtureTenancy;

  beforeAll(async () => {
    const direct = world.fixture.runtimeUrl;
    if (mode !== undefined) bouncer = await startPgBouncer({ urls: [direct], mode, connections: 6 });
    const database = { url: bouncer?.url(direct) ?? direct, prepare: mode !== "transaction", maxConnections: 5 };
    tenancy = world.fixture.open({}, database);
    hasty = world.fixture.open({}, { ...database, maxConnections: 1, statementTimeoutMs: 150 });
    // The boot guard's statements are bound by the same limit, and a busy machine needs longer for the first of them.
    await vi.waitFor(() => hasty.start(), { timeout: 20_000 });
  });

  afterAll(async () => {
    await tenancy.close();
    await hasty.close();
    await bouncer?.[Symbol.asyncDispose]();
  });

  describe.each(contestants)("$name", (contestant) => {
    const ground = (): Ground => ({ world, tenancy, hasty, contestant });
    afterEach(() => cleanUp(ground()));
    it.each(Object.entries(mode === undefined ? { ...rules, ...mixedRules } : rules))("%s", (_, rule) =>
      keeps(rule, ground()),
    );
  });
});

describe("handles are opened for tenants alone", () => {
  it.each(contestants)("$name refuses a client of node-postgres: NO_TENANT", (contestant) => {
    expect(() => contestant.open(world.fixture.admin as never)).toThrow(expect.objectContaining({ code: "NO_TENANT" }));
    expect(() => contestant.open(undefined as never)).toThrow(expect.objectContaining({ code: "NO_TENANT" }));
  });

  it.each(contestants)("$name names a tenant of another copy of the library as what it is: NO_TENANT", (contestant) => {
    const message: unknown = expect.stringContaining("another copy of rowhouse");
    const tenant = { organization: { id: world.acme.id }, actor: {}, role: "owner" };
    expect(() => contestant.open(tenant as never)).toThrow(expect.objectContaining({ code: "NO_TENANT", message }));
  });

  it.each(contestants)("$name opens nothing for a role that row security does not bind", async (contestant) => {
    await using tenancy = world.fixture.open({}, { url: world.fixture.database.url });
    let names: Promise<string[]> | undefined;
    const work = tenancy.enter(asMember(world.acme), (tenant) => (names = contestant.open(tenant).names()));
    await refused(work, "UNSAFE_DATABASE");
    expect(names).toBeUndefined();
  });
});

describe.skipIf(pgBouncerPath === undefined)("a pooler that loses prepared statements", () => {
  it.each(contestants)("is told of once, and $name gets its own answers all the same", async (contestant) => {
    const direct = world.fixture.runtimeUrl;
    await using bouncer = await startPgBouncer({ urls: [direct], mode: "transaction", connections: 1 });
    const told: Error[] = [];
    const settings = { onBackgroundError: (error: Error) => void told.push(error) };
    await using tenancy = world.fixture.open(settings, { url: bouncer.url(direct), prepare: true });
    const seen = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        tenancy.enter(asMember(world.acme), async (tenant) => {
          const db = contestant.open(tenant);
          return index % 2 === 0 ? db.names() : [await db.find(world.acme.projectId)];
        }),
      ),
    );
    expect(seen).toEqual(seen.map(() => ["acme secret"]));
    expect(told).toMatchObject([{ code: "INVALID_SETTINGS" }]);
  });
});
