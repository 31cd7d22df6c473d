import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pgBouncerPath, startPgBouncer, type PgBouncer } from "@rowhouse/local-postgres";
import {
  asMember,
  openTwoOrganizations,
  type FixtureOrganization,
  type TwoOrganizations,
} from "../fixture/two-organizations.ts";
import { drizzleContestant } from "./drizzle-contestant.ts";
import { kyselyContestant } from "./kysely-contestant.ts";
import { pgContestant } from "./pg-contestant.ts";
import { prismaContestant } from "./prisma-contestant.ts";
import { storm, type StormReport } from "./storm.ts";

/** `npm run check:storm` says how long; here it shows that the storm itself works, and finds what breaks at once. */
// eslint-disable-next-line no-restricted-syntax -- the only way from a command to a test
const seconds = Number(process.env["STORM_SECONDS"] ?? 1);
const isLong = seconds > 5;

let world: TwoOrganizations;
let organizations: FixtureOrganization[];

beforeAll(async () => {
  world = await openTwoOrganizations();
  // Sessions are counted below, and this tenancy's would be among them.
  await world.tenancy.close();
  organizations = [world.acme, world.globex];
  for (let index = 0; index < 10; index += 1) {
    const organization = await world.fixture.createOrganization(`Storm${index}`);
    const text = "insert into projects (organization_id, name) values ($1, $2) returning id";
    const name = `${organization.slug} secret`;
    const { rows } = await world.fixture.admin.query<{ id: string }>(text, [organization.id, name]);
    organizations.push({ ...organization, projectId: rows[0]?.id ?? "" });
  }
});

afterAll(() => world[Symbol.asyncDispose]());

const ways = [
  { way: "direct", mode: undefined },
  { way: "through PgBouncer in transaction mode", mode: "transaction" },
  { way: "through PgBouncer in session mode", mode: "session" },
] as const;
// Without PgBouncer only what needs none is tried, and in the suite one way is enough.
const tried = ways.filter(({ mode }) => mode === undefined || (isLong && pgBouncerPath !== undefined));

describe.each(tried)("a storm, $way", ({ mode }) => {
  it.each([pgContestant, kyselyContestant, drizzleContestant, prismaContestant])(
    "$name shows no foreign row, leaks no context and no connection, and loses nothing",
    async (contestant) => {
      const direct = world.fixture.runtimeUrl;
      const bouncer = mode === undefined ? undefined : await startPgBouncer({ urls: [direct], mode, connections: 8 });
      const tenancy = world.fixture.open(
        { onIdleError: () => undefined },
        {
          url: bouncer?.url(direct) ?? direct,
          prepare: mode !== "transaction",
          maxConnections: 8,
          statementTimeoutMs: isLong ? 500 : 250,
          acquireTimeoutMs: 10_000,
        },
      );
      await tenancy.start();
      // What is loaded, compiled and planned only once is no part of the storm.
      await tenancy.enter(asMember(world.acme), (tenant) => contestant.open(tenant).names());
      const report = await storm({
        contestant,
        tenancy,
        organizations,
        milliseconds: seconds * 1000,
        statements: 200,
        callers: isLong ? 200 : 60,
        killOne,
      });
      if (isLong) process.stdout.write(`${contestant.name} ${mode ?? "direct"}: ${describeReport(report)}\n`);
      expect(report.wrong).toEqual([]);
      const { total, idle, waiting } = tenancy.connections();
      expect({ inUse: total - idle, waiting }).toEqual({ inUse: 0, waiting: 0 });
      await assertKept(report);
      // In session mode the pooler has a connection for the asker below only when the tenancy's are gone.
      await tenancy.close();
      await assertNoContext(bouncer);
      await bouncer?.[Symbol.asyncDispose]();
      await expect.poll(countSessions, { timeout: 10_000 }).toBe(0);
      await world.fixture.admin.query("delete from projects where name not like '% secret'");
    },
    (seconds + 60) * 1000,
  );
});

const sessions = "from pg_stat_activity where datname = current_database() and usename = 'rowhouse_runtime'";

async function killOne(): Promise<void> {
  await world.fixture.admin.query(`select pg_terminate_backend(pid) ${sessions} order by random() limit 1`);
}

async function countSessions(): Promise<number> {
  const { rows } = await world.fixture.admin.query<{ n: number }>(`select count(*)::integer as n ${sessions}`);
  return rows[0]?.n ?? -1;
}

async function assertKept({ kept, undone }: StormReport): Promise<void> {
  const { admin } = world.fixture;
  const { rows } = await admin.query<{ name: string; slug: string }>(
    "select p.name, o.slug from projects p join rowhouse.organizations o on o.id = p.organization_id",
  );
  const names = new Set(rows.map(({ name }) => name));
  expect([...kept].filter((name) => !names.has(name))).toEqual([]);
  expect([...undone].filter((name) => names.has(name))).toEqual([]);
  expect(rows.filter(({ name, slug }) => !name.startsWith(`${slug} `))).toEqual([]);
}

/** Whatever a session keeps is on the connections that the pooler has to the server. */
async function assertNoContext(bouncer: PgBouncer | undefined): Promise<void> {
  if (bouncer === undefined) return;
  for (let time = 0; time < 8; time += 1) {
    const client = new pg.Client({ connectionString: bouncer.url(world.fixture.runtimeUrl) });
    await client.connect();
    const text =
      "select coalesce(current_setting('rowhouse.organization_id', true), '') as context from pg_sleep(0.01)";
    const { rows } = await client.query(text);
    await client.end();
    expect(rows).toEqual([{ context: "" }]);
  }
}

function describeReport({ scopes, statements, errors, kept, undone }: StormReport): string {
  return JSON.stringify({ scopes, statements, kept: kept.size, undone: undone.size, errors });
}
