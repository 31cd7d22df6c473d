import { openByHand } from "./contestants/by-hand.ts";
import type { Contestant, ContestantOptions } from "./contestants/contestant.ts";
import { openFourRoundTrips } from "./contestants/four-round-trips.ts";
import { openRowhouseQuery } from "./contestants/rowhouse-query.ts";
import { openRowhouseRequest } from "./contestants/rowhouse-request.ts";
import { prepareDatabase, type BenchDatabase } from "./database/bench-database.ts";
import { openServer } from "./database/open-server.ts";
import { findPlans, type ListPlan } from "./measure/find-plans.ts";
import { interleave, type Lane, type LaneResult, type Pace } from "./measure/interleave.ts";
import { openDelay } from "./measure/open-delay.ts";
import { Resources } from "./measure/resources.ts";
import { runSlice } from "./measure/run-slice.ts";

/** How much data, and how long to measure. */
export interface Size extends Pace {
  readonly organizations: number;
  /** The smaller database that the growth is measured against. */
  readonly fewOrganizations: number;
}

export const fullSize: Size = {
  organizations: 10_000,
  fewOrganizations: 100,
  rounds: 9,
  sliceMs: 1_500,
  warmUpMs: 2_000,
};
export const quickSize: Size = { organizations: 500, fewOrganizations: 50, rounds: 3, sliceMs: 150, warmUpMs: 200 };

/** All contestants side by side in one situation; the first is the limit. */
export interface Comparison {
  readonly connections: number;
  readonly delayMs: number;
  readonly results: readonly LaneResult[];
}

export interface BenchmarkResult {
  readonly organizations: number;
  readonly rows: number;
  readonly comparisons: readonly Comparison[];
  /** Rowhouse's query on the small database and on the large one. */
  readonly growth: readonly LaneResult[];
  readonly plans: { readonly custom: ListPlan; readonly generic: ListPlan };
}

const situations = [
  { connections: 1, delayMs: 0 },
  { connections: 8, delayMs: 0 },
  { connections: 1, delayMs: 1 },
  { connections: 8, delayMs: 1 },
];

/** Starts a server, fills it, measures everything and removes it again. */
export async function runBenchmark(size: Size, log: (line: string) => void): Promise<BenchmarkResult> {
  await using server = await openServer();
  const small = await prepareDatabase(server.url, { name: "bench_small", organizations: size.fewOrganizations, log });
  const large = await prepareDatabase(server.url, { name: "bench_large", organizations: size.organizations, log });
  const plans = await findPlans(large);
  const comparisons: Comparison[] = [];
  for (const situation of situations) {
    log(`${situation.connections} connection(s), ${situation.delayMs} ms each way`);
    comparisons.push({ ...situation, results: await compare(large, situation, size) });
  }
  log(`from ${small.organizations} to ${large.organizations} organizations`);
  const growth = await measureGrowth([small, large], size);
  return { organizations: large.organizations, rows: large.rows, comparisons, growth, plans };
}

async function compare(
  { adminUrl, runtimeUrl, sample }: BenchDatabase,
  { connections, delayMs }: { connections: number; delayMs: number },
  pace: Pace,
): Promise<LaneResult[]> {
  await using resources = new Resources();
  const delay = delayMs === 0 ? undefined : resources.keep(await openDelay(adminUrl, delayMs));
  const through = (url: string): string => delay?.url(url) ?? url;
  const options: ContestantOptions = {
    adminUrl: through(adminUrl),
    runtimeUrl: through(runtimeUrl),
    connections,
    sample,
  };
  const contestants = [
    resources.keep(openByHand(options)),
    resources.keep(await openRowhouseQuery(options)),
    resources.keep(openRowhouseRequest(options)),
    resources.keep(openFourRoundTrips(options)),
  ];
  return await interleave(
    contestants.map((contestant) => toLane(contestant, options)),
    pace,
  );
}

async function measureGrowth(databases: readonly BenchDatabase[], pace: Pace): Promise<LaneResult[]> {
  await using resources = new Resources();
  const lanes: Lane[] = [];
  for (const database of databases) {
    const options = { ...database, connections: 1 };
    const contestant = resources.keep(await openRowhouseQuery(options));
    lanes.push({
      ...toLane(contestant, options),
      name: `${database.organizations.toLocaleString("en")} organizations`,
    });
  }
  return await interleave(lanes, pace);
}

function toLane(
  contestant: Contestant,
  { connections, sample }: Pick<ContestantOptions, "connections" | "sample">,
): Lane {
  return {
    name: contestant.name,
    run: (durationMs, seed) => runSlice(contestant, { workers: connections, durationMs, sample, seed }),
  };
}
