import { pgBouncerPath, startPgBouncer } from "@rowhouse/local-postgres";
import type { ContestantEntry } from "./contestants/all-contestants.ts";
import type { ContestantOptions } from "./contestants/contestant.ts";
import type { BenchDatabase } from "./database/bench-database.ts";
import { interleave, type LaneResult, type Pace } from "./measure/interleave.ts";
import { openDelay } from "./measure/open-delay.ts";
import { Resources } from "./measure/resources.ts";
import { runSlice } from "./measure/run-slice.ts";
import { checkedWork } from "./operations/checked-work.ts";
import type { Operation } from "./operations/operation.ts";
import { networkTitles, type Axes, type Network } from "./select-axes.ts";

/** All contestants side by side in one operation of one situation; the first is the limit. */
export interface Comparison {
  readonly network: Network;
  readonly connections: number;
  readonly operation: Operation;
  readonly results: readonly KeyedResult[];
}

export interface KeyedResult extends LaneResult {
  readonly key: string;
}

export interface CompareOptions {
  readonly entries: readonly ContestantEntry[];
  readonly axes: Axes;
  readonly pace: Pace;
  readonly log: (line: string) => void;
}

export async function compareContestants(
  database: BenchDatabase,
  { entries, axes, pace, log }: CompareOptions,
): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const network of axes.networks) {
    if (network === "pgbouncer" && pgBouncerPath === undefined) {
      log("PgBouncer is not installed, so nothing is measured through it");
      continue;
    }
    for (const connections of axes.connections) {
      log(`${connections} connection(s), ${networkTitles[network]}`);
      await using resources = new Resources();
      const options = {
        ...database,
        connections,
        ...(await openNetwork(network, { database, connections, resources })),
      };
      for (const [operation, results] of await compareOperations(options, { entries, axes, pace }))
        comparisons.push({ network, connections, operation, results });
    }
  }
  return comparisons;
}

async function compareOperations(
  options: ContestantOptions,
  { entries, axes, pace }: Omit<CompareOptions, "log">,
): Promise<[Operation, KeyedResult[]][]> {
  await using resources = new Resources();
  const contestants = [];
  for (const { key, open } of entries) contestants.push({ key, contestant: resources.keep(await open(options)) });
  const compared: [Operation, KeyedResult[]][] = [];
  for (const operation of axes.operations) {
    const lanes = contestants.map(({ key, contestant }) => {
      const work = checkedWork(contestant, operation);
      const { connections: workers, sample } = options;
      const run = (durationMs: number, seed: number) => runSlice(work, { workers, durationMs, sample, seed });
      return { key, name: contestant.name, run };
    });
    const results = await interleave(lanes, pace);
    compared.push([operation, results.map((result, index) => ({ ...result, key: lanes[index]?.key ?? "" }))]);
  }
  return compared;
}

interface NetworkOptions {
  readonly database: BenchDatabase;
  readonly connections: number;
  readonly resources: Resources;
}

async function openNetwork(
  network: Network,
  { database: { adminUrl, runtimeUrl }, connections, resources }: NetworkOptions,
): Promise<Pick<ContestantOptions, "adminUrl" | "runtimeUrl" | "prepare">> {
  switch (network) {
    case "direct":
      return { adminUrl, runtimeUrl, prepare: true };
    case "delayed": {
      const delay = resources.keep(await openDelay(adminUrl, 1));
      return { adminUrl: delay.url(adminUrl), runtimeUrl: delay.url(runtimeUrl), prepare: true };
    }
    case "pgbouncer": {
      const bouncer = resources.keep(
        await startPgBouncer({ urls: [adminUrl, runtimeUrl], mode: "transaction", connections }),
      );
      return { adminUrl: bouncer.url(adminUrl), runtimeUrl: bouncer.url(runtimeUrl), prepare: false };
    }
  }
}
