import { isDeepStrictEqual } from "node:util";
import { startWireProxy, type WireProxy } from "@rowhouse/local-postgres";
import pg from "pg";
import type { ContestantEntry } from "../contestants/all-contestants.ts";
import type { Contestant } from "../contestants/contestant.ts";
import type { BenchDatabase, BenchOrganization } from "../database/bench-database.ts";
import { toSealed } from "../database/seal-database.ts";
import { operations, type Operation } from "../operations/operation.ts";
import { findProtection, type Protection } from "./find-protection.ts";

/** What was found out about a contestant before anything is timed. */
export interface CheckedContestant {
  readonly key: string;
  readonly name: string;
  readonly protection: Protection;
  /** How often it waits for the server in one call. */
  readonly roundTrips: Readonly<Record<Operation, number>>;
}

const organizationsCompared = 5;

/**
 * Runs every operation of every contestant and compares what it answers and what it leaves in the database with the
 * limit's, the first of the list.
 *
 * @throws Error when one of them is wrong: a fast wrong answer is no result.
 */
export async function checkContestants(
  entries: readonly ContestantEntry[],
  database: BenchDatabase,
): Promise<CheckedContestant[]> {
  const [limitEntry] = entries;
  if (limitEntry === undefined) return [];
  const sample = database.sample.slice(0, organizationsCompared);
  const options = { ...database, sample, connections: 1, prepare: true };
  const { hostname, port } = new URL(database.adminUrl);
  await using proxy = await startWireProxy({ target: { host: hostname, port: Number(port) } });
  await using limit = await limitEntry.open(options);
  const through = { ...options, adminUrl: proxy.url(options.adminUrl), runtimeUrl: proxy.url(options.runtimeUrl) };
  const checked: CheckedContestant[] = [];
  for (const entry of entries) {
    const adminUrl = entry.inSealed === true ? toSealed(database.adminUrl) : database.adminUrl;
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    try {
      await using contestant = await entry.open(through);
      for (const organization of sample) {
        await compareReads({ contestant, limit }, organization);
        await compareWrites(contestant, organization, admin);
      }
      checked.push({
        key: entry.key,
        name: contestant.name,
        protection: await findProtection(contestant, sample, admin),
        roundTrips: await countRoundTrips(contestant, sample, proxy),
      });
    } finally {
      await admin.end();
    }
  }
  return checked;
}

async function compareReads(
  { contestant, limit }: { readonly contestant: Contestant; readonly limit: Contestant },
  organization: BenchOrganization,
): Promise<void> {
  for (const operation of ["list", "get", "join"] as const) {
    const expected: readonly object[] = await limit[operation](organization);
    const found: readonly object[] = await contestant[operation](organization);
    if (expected.length > 0 && isDeepStrictEqual(found.map(toPlain), expected.map(toPlain))) continue;
    throw new Error(
      `${contestant.name} answers "${operation}" for ${organization.slug} with ${JSON.stringify(found)}; ` +
        `by hand it is ${JSON.stringify(expected)}.`,
    );
  }
}

async function compareWrites(contestant: Contestant, organization: BenchOrganization, admin: pg.Client): Promise<void> {
  const { id, oldestProjectId, taskId } = organization;
  const before = await readTasks(admin, id);
  await contestant.insert(organization, "Inserted");
  await contestant.update(organization, "Updated");
  await contestant.transaction(organization, "Passing");
  const after = await readTasks(admin, id);
  const added = after.filter((task) => !before.some((other) => other.id === task.id));
  const isRight =
    isDeepStrictEqual(
      added.map(({ title, project }) => [title, project]),
      [["Inserted", oldestProjectId]],
    ) &&
    after.length === before.length + 1 &&
    after.find((task) => task.id === taskId)?.title === "Updated";
  if (!isRight) {
    throw new Error(
      `${contestant.name} left ${JSON.stringify(added)} in ${organization.slug}; expected one task "Inserted", and the title "Updated" for ${taskId}.`,
    );
  }
  await admin.query("delete from tasks where organization_id = $1 and title = 'Inserted'", [id]);
  await admin.query("update tasks set title = 'First task' where organization_id = $1 and id = $2", [id, taskId]);
}

async function readTasks(admin: pg.Client, organizationId: string) {
  const { rows } = await admin.query<{ id: string; title: string; project: string }>(
    "select id, title, project_id as project from tasks where organization_id = $1 order by id",
    [organizationId],
  );
  return rows;
}

/** The second call counts: the first may connect, and ask for types. */
async function countRoundTrips(
  contestant: Contestant,
  [organization]: readonly BenchOrganization[],
  proxy: WireProxy,
): Promise<Record<Operation, number>> {
  if (organization === undefined) throw new Error("The database has no organization.");
  const counts = { list: 0, get: 0, insert: 0, update: 0, transaction: 0, join: 0 };
  for (const operation of operations) {
    await contestant[operation](organization, "Counted");
    proxy.reset();
    await contestant[operation](organization, "Counted");
    counts[operation] = proxy.counts().flights;
  }
  return counts;
}

/** Rows come with prototypes and in column orders of their makers. */
function toPlain(row: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
}
