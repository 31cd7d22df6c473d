import { randomUUID } from "node:crypto";
import { isRowhouseError, type ErrorCode } from "../../src/index.ts";
import { asMember, type FixtureOrganization, type FixtureTenancy } from "../fixture/two-organizations.ts";
import type { Contestant, Handle } from "./contestant.ts";

export interface StormOptions {
  readonly contestant: Contestant;
  readonly tenancy: FixtureTenancy;
  readonly organizations: readonly FixtureOrganization[];
  readonly milliseconds: number;
  /** It blows on until so many statements had an answer, however slow the machine is. */
  readonly statements: number;
  /** How many callers there are at once. */
  readonly callers: number;
  /** Ends a connection of the tenancy's, somewhere on the way. */
  readonly killOne: () => Promise<void>;
}

export interface StormReport {
  scopes: number;
  statements: number;
  /** Of what went wrong on purpose or by a kill, by code. */
  readonly errors: Record<string, number>;
  /** Rows or contexts of another organization, and errors that nobody should get. */
  readonly wrong: string[];
  /** Names that were acknowledged, and so must be there. */
  readonly kept: Set<string>;
  /** Names whose transaction failed, and so must not be there. */
  readonly undone: Set<string>;
}

/** What a caller gets while connections are killed, statements cancelled and transactions left half-way. */
const expectedCodes = new Set<ErrorCode>([
  "CANCELED",
  "STATEMENT_TIMEOUT",
  "CONNECTION_LOST",
  "DATABASE_UNREACHABLE",
  "TRANSACTION_LOST",
  "POOL_EXHAUSTED",
  "CONFLICT",
]);

const onPurpose = new Error("on purpose");

/** Many tenants at once, with random errors, cancellations, nested transactions, timeouts and killed connections. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const report: StormReport = { scopes: 0, statements: 0, errors: {}, wrong: [], kept: new Set(), undone: new Set() };
  const until = Date.now() + options.milliseconds;
  const isOver = (): boolean => Date.now() >= until && report.statements >= options.statements;
  const killer = killNowAndThen(options, isOver);
  await Promise.all(
    Array.from({ length: options.callers }, async () => {
      while (!isOver()) await oneScope(options, report);
    }),
  );
  await killer;
  return report;
}

async function killNowAndThen({ killOne }: StormOptions, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await killOne();
  }
}

async function oneScope(options: StormOptions, report: StormReport): Promise<void> {
  const { tenancy, organizations, contestant } = options;
  const organization = pick(organizations);
  const controller = new AbortController();
  const signal = Math.random() < 0.1 ? { signal: controller.signal } : {};
  if ("signal" in signal) setTimeout(() => controller.abort(), Math.random() * 40);
  report.scopes += 1;
  try {
    await tenancy.enter({ ...asMember(organization), ...signal }, async (tenant) => {
      const act = pick(acts);
      if (Math.random() < 0.7) return act({ db: contestant.open(tenant), organization, report });
      // The ORM inside of the tenant's transaction: its own become savepoints.
      return tenant.transaction((within) => read({ db: contestant.open(within), organization, report }));
    });
  } catch (error) {
    note(report, error);
  }
}

interface Act {
  readonly db: Handle;
  readonly organization: FixtureOrganization;
  readonly report: StormReport;
}

const acts: readonly ((act: Act) => Promise<void>)[] = [read, read, readMany, write, nest, fail, dawdle];

async function read({ db, organization, report }: Act): Promise<void> {
  const names = await db.names();
  const [row] = await db.raw("select current_setting('rowhouse.organization_id', true) as context");
  report.statements += 2;
  const strange = names.filter((name) => !name.startsWith(`${organization.slug} `));
  if (strange.length > 0) report.wrong.push(`${organization.slug} saw ${strange[0]}`);
  if (names.length === 0) report.wrong.push(`${organization.slug} saw nothing`);
  if (row?.["context"] !== organization.id) report.wrong.push(`${organization.slug} had another's context`);
}

async function readMany(act: Act): Promise<void> {
  await Promise.all([read(act), read(act)]);
}

async function write({ db, organization, report }: Act): Promise<void> {
  const name = nameFor(organization);
  const { id } = await db.create(name);
  report.kept.add(name);
  if (Math.random() < 0.8) {
    // Until the answer is there, nobody knows whether it is gone.
    report.kept.delete(name);
    await db.remove(id);
  }
  report.statements += 2;
}

async function nest({ db, organization, report }: Act): Promise<void> {
  const [outer, inner] = [nameFor(organization), nameFor(organization)];
  report.undone.add(inner);
  await db.transaction(async (first) => {
    await first.create(outer);
    await first
      .transaction(async (second) => {
        await second.create(inner);
        await read({ db: second, organization, report });
        throw onPurpose;
      })
      .catch((error: unknown) => {
        if (error !== onPurpose) throw error;
      });
    await read({ db: first, organization, report });
  });
  report.kept.add(outer);
  report.statements += 2;
}

async function fail({ db, organization, report }: Act): Promise<void> {
  const name = nameFor(organization);
  report.undone.add(name);
  await db.transaction(async (inner) => {
    await inner.create(name);
    if (Math.random() < 0.5) throw onPurpose;
    await inner.create(name);
  });
}

/** Longer than a statement may take. */
async function dawdle({ db, organization, report }: Act): Promise<void> {
  const name = nameFor(organization);
  report.undone.add(name);
  await db.transaction(async (inner) => {
    await inner.create(name);
    await inner.raw("select pg_sleep(10)");
  });
}

function note(report: StormReport, error: unknown): void {
  const code = isRowhouseError(error) ? error.code : error === onPurpose ? "on purpose" : String(error);
  report.errors[code] = (report.errors[code] ?? 0) + 1;
  if (error === onPurpose || (isRowhouseError(error) && expectedCodes.has(error.code))) return;
  if (report.wrong.length < 20) report.wrong.push(`unexpected: ${String(error)}`);
}

function nameFor(organization: FixtureOrganization): string {
  return `${organization.slug} ${randomUUID()}`;
}

function pick<T>(from: readonly T[]): T {
  const one = from[Math.floor(Math.random() * from.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
}
