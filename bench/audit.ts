import { parseArgs } from "node:util";
import { openTenancy, type BenchTenant } from "./contestants/rowhouse-tenancy.ts";
import { prepareDatabase, type BenchDatabase, type BenchOrganization } from "./database/bench-database.ts";
import { openServer } from "./database/open-server.ts";
import { interleave, type Lane, type LaneResult, type Pace } from "./measure/interleave.ts";
import { openDelay } from "./measure/open-delay.ts";
import { quantile } from "./measure/quantile.ts";
import { pick, seededRandom } from "./measure/random.ts";
import { Resources } from "./measure/resources.ts";
import type { Slice } from "./measure/run-slice.ts";

const fullPace: Pace = { rounds: 11, sliceMs: 2_000, warmUpMs: 2_000 };
const quickPace: Pace = { rounds: 3, sliceMs: 300, warmUpMs: 300 };

/** What an audit event may add to a write, at most: to the time of one person's, to that of each of eight at once. */
const target = 0.15;

const situations = [0, 1].flatMap((delayMs) => [1, 8].map((connections) => ({ connections, delayMs })));

const { values: flags } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
await main(flags.quick ? quickPace : fullPace);

/** What an audit event costs a write: one UPDATE and its COMMIT, with and without the event, on a durable server. */
async function main(pace: Pace): Promise<void> {
  await using server = await openServer();
  const log = (line: string): void => console.error(line);
  const database = await prepareDatabase(server.url, { name: "bench_audit", organizations: 1_000, log });
  const results: Comparison[] = [];
  for (const situation of situations) {
    log(`${situation.connections} connection(s), ${situation.delayMs} ms each way`);
    results.push({ ...situation, lanes: await compare(database, situation, pace) });
  }
  console.log(render(results));
  // Every situation, the saturated ones too: a quick run is too short to judge.
  if (!flags.quick && results.some(({ lanes }) => lanes.some((lane) => !isKept(lane)))) process.exitCode = 1;
}

function isKept({ latencyRatio }: LaneResult): boolean {
  return latencyRatio <= 1 + target;
}

interface Situation {
  readonly connections: number;
  readonly delayMs: number;
}

interface Comparison extends Situation {
  readonly lanes: readonly LaneResult[];
}

async function compare(
  database: BenchDatabase,
  { connections, delayMs }: Situation,
  pace: Pace,
): Promise<LaneResult[]> {
  await using resources = new Resources();
  const delay = delayMs === 0 ? undefined : resources.keep(await openDelay(database.adminUrl, delayMs));
  const runtimeUrl = delay?.url(database.runtimeUrl) ?? database.runtimeUrl;
  const tenancy = resources.keep(openTenancy({ runtimeUrl, connections }));
  const projects = await readProjects(tenancy, database.sample);
  const toLane = (name: string, write: Write): Lane => ({
    name,
    run: (durationMs, seed) =>
      runSlice({ workers: connections, durationMs, seed }, async (random) => {
        const organization = pick(projects, random);
        return await tenancy.enter({ organization: organization.slug, user: organization.userId }, async (tenant) => {
          const before = performance.now();
          await write(tenant, organization.projectId);
          return performance.now() - before;
        });
      }),
  });
  return await interleave([toLane("without", writeOnly), toLane("with an audit event", writeAndRecord)], pace);
}

type Write = (tenant: BenchTenant, projectId: string) => Promise<void>;

async function writeOnly(tenant: BenchTenant, projectId: string): Promise<void> {
  await tenant.transaction((within) => rename(within, projectId));
}

async function writeAndRecord(tenant: BenchTenant, projectId: string): Promise<void> {
  await tenant.transaction(async (within) => {
    await rename(within, projectId);
    within.record({
      action: "project.renamed",
      target: { kind: "project", id: projectId },
      before: { name: "Website relaunch" },
      after: { name: "Website relaunch 2" },
    });
  });
}

async function rename({ db }: BenchTenant, projectId: string): Promise<void> {
  await db
    .updateTable("projects")
    .set({ name: "Website relaunch 2", updatedAt: new Date() })
    .where("id", "=", projectId)
    .execute();
}

type WritableProject = BenchOrganization & { readonly projectId: string };

async function readProjects(
  tenancy: ReturnType<typeof openTenancy>,
  sample: readonly BenchOrganization[],
): Promise<WritableProject[]> {
  const projects: WritableProject[] = [];
  for (const organization of sample) {
    const enter = { organization: organization.slug, user: organization.userId };
    const { id } = await tenancy.enter(enter, ({ db }) =>
      db.selectFrom("projects").select("id").limit(1).executeTakeFirstOrThrow(),
    );
    projects.push({ ...organization, projectId: id });
  }
  return projects;
}

/** Like the list's slices, but the time is that of the transaction alone: entering the scope is the same for both. */
async function runSlice(
  { workers, durationMs, seed }: { workers: number; durationMs: number; seed: number },
  once: (random: () => number) => Promise<number>,
): Promise<Slice> {
  const random = seededRandom(seed);
  const latencies: number[] = [];
  const begin = performance.now();
  const work = async (): Promise<void> => {
    while (performance.now() - begin < durationMs) latencies.push(await once(random));
  };
  await Promise.all(Array.from({ length: workers }, work));
  const seconds = (performance.now() - begin) / 1000;
  return { perSecond: latencies.length / seconds, p50Ms: quantile(latencies, 0.5), p95Ms: quantile(latencies, 0.95) };
}

function render(results: readonly Comparison[]): string {
  const lines = results.flatMap(({ connections, delayMs, lanes }) =>
    lanes.map((lane, index) => {
      const { name, perSecond, p50Ms, p95Ms, latencyRatio } = lane;
      const numbers = [p50Ms.toFixed(2), p95Ms.toFixed(2), Math.round(perSecond), `${latencyRatio.toFixed(2)} ×`];
      const verdict = index === 0 ? "" : isKept(lane) ? "kept" : "**missed**";
      return `| ${[`${delayMs} ms`, connections, name, ...numbers, verdict].join(" | ")} |`;
    }),
  );
  return [
    "| network, each way | connections | update and commit | median ms | 95 % ms | requests a second | against without | at most 1.15 × |",
    "|---:|---:|---|---:|---:|---:|---:|---|",
    ...lines,
  ].join("\n");
}
