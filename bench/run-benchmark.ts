import { compareAuthorization, type AuthorizationComparison } from "./authorization/compare-authorization.ts";
import { prepareSessions } from "./authorization/prepare-sessions.ts";
import { checkContestants, type CheckedContestant } from "./checks/check-contestants.ts";
import { compareContestants, type Comparison } from "./compare-contestants.ts";
import { allContestants, limitKey } from "./contestants/all-contestants.ts";
import { openRowhouseKysely } from "./contestants/rowhouse-kysely.ts";
import { prepareDatabase, type BenchDatabase } from "./database/bench-database.ts";
import { openServer } from "./database/open-server.ts";
import { sealDatabase } from "./database/seal-database.ts";
import { findPlans, type ListPlan } from "./measure/find-plans.ts";
import { interleave, type Lane, type LaneResult, type Pace } from "./measure/interleave.ts";
import { measureScopes, type ScopeMemory } from "./measure/measure-scopes.ts";
import { Resources } from "./measure/resources.ts";
import { runSlice } from "./measure/run-slice.ts";
import { checkedWork } from "./operations/checked-work.ts";
import { generateClients } from "./schemas/generate-clients.ts";
import type { Axes } from "./select-axes.ts";

/** How much data, how long to measure, and what. */
export interface Size extends Pace {
  readonly organizations: number;
  /** The smaller database that the growth is measured against. */
  readonly fewOrganizations: number;
}

export const fullSize: Size = { organizations: 10_000, fewOrganizations: 100, rounds: 5, sliceMs: 300, warmUpMs: 200 };
export const quickSize: Size = { organizations: 50, fewOrganizations: 5, rounds: 1, sliceMs: 20, warmUpMs: 0 };

export interface Selection {
  readonly axes: Axes;
  /** Parts of the keys of contestants; empty for all. The limit always runs. */
  readonly only: readonly string[];
}

export interface BenchmarkResult {
  readonly organizations: number;
  readonly rows: number;
  readonly contestants: readonly CheckedContestant[];
  readonly comparisons: readonly Comparison[];
  /** Rowhouse's list on the small database and on the large one. */
  readonly growth: readonly LaneResult[];
  readonly plans: { readonly custom: ListPlan; readonly generic: ListPlan };
  readonly authorization: readonly AuthorizationComparison[];
  readonly memory: ScopeMemory | undefined;
}

/** Starts a server, fills it, measures what was selected and removes it again. */
export async function runBenchmark(
  size: Size,
  { axes, only }: Selection,
  log: (line: string) => void,
): Promise<BenchmarkResult> {
  const entries = selectEntries(only);
  await generateClients();
  await using server = await openServer();
  const large = await prepareDatabase(server.url, { name: "bench_large", organizations: size.organizations, log });
  if (entries.some(({ inSealed }) => inSealed)) await sealDatabase(server.url, large);
  const plans = await findPlans(large);
  log("comparing what the contestants answer");
  const contestants = await checkContestants(entries, large);
  const has = (part: Axes["parts"][number]): boolean => axes.parts.includes(part);
  const memory = has("memory") ? await measureScopes(large) : undefined;
  const comparisons = has("operations") ? await compareContestants(large, { entries, axes, pace: size, log }) : [];
  log("the other questions");
  const authorization = has("authorization")
    ? await compareAuthorization(await prepareSessions(server.url, large), size)
    : [];
  const growth = has("growth") ? await measureGrowth(server.url, { large, size, log }) : [];
  const { organizations, rows } = large;
  return { organizations, rows, contestants, comparisons, growth, plans, authorization, memory };
}

/** @throws TypeError when a word is part of no key */
function selectEntries(only: readonly string[]): typeof allContestants {
  const unknown = only.filter((word) => !allContestants.some(({ key }) => key.includes(word)));
  const keys = allContestants.map(({ key }) => key).join(", ");
  if (unknown.length > 0) throw new TypeError(`--only does not know ${unknown.join(", ")}; it knows ${keys}`);
  if (only.length === 0) return allContestants;
  return allContestants.filter(({ key }) => key === limitKey || only.some((word) => key.includes(word)));
}

interface GrowthOptions {
  readonly large: BenchDatabase;
  readonly size: Size;
  readonly log: (line: string) => void;
}

async function measureGrowth(serverUrl: string, { large, size, log }: GrowthOptions): Promise<LaneResult[]> {
  const small = await prepareDatabase(serverUrl, { name: "bench_small", organizations: size.fewOrganizations, log });
  await using resources = new Resources();
  const lanes: Lane[] = [];
  for (const database of [small, large]) {
    const contestant = resources.keep(await openRowhouseKysely({ ...database, connections: 1, prepare: true }));
    const work = checkedWork(contestant, "list");
    lanes.push({
      name: `${database.organizations.toLocaleString("en")} organizations`,
      run: (durationMs, seed) => runSlice(work, { workers: 1, durationMs, sample: database.sample, seed }),
    });
  }
  return await interleave(lanes, size);
}
