import type { Comparison } from "../compare-contestants.ts";
import { limitKey } from "../contestants/all-contestants.ts";
import { findPlanFault } from "../measure/find-plans.ts";
import { operationTitles } from "../operations/operation.ts";
import type { BenchmarkResult } from "../run-benchmark.ts";
import { ratioBetween } from "./find-losses.ts";
import { formatRatio } from "./render-table.ts";

/** One thing that was promised, and whether the measurement kept it. */
export interface Verdict {
  readonly promise: string;
  readonly measured: string;
  readonly kept: boolean;
}

const leastThroughput = 0.9;
const mostLatency = 1.1;
const leastAgainstPrisma = 3;
const leastAgainstBetterAuth = 3;
const mostAddedRoundTrips = 1;
const mostGrowth = 1.3;
const mostMegabytes = 50;

interface Pair {
  readonly key: string;
  readonly limit: string;
  readonly limitTitle: string;
}

/** Kysely has two limits: SQL that is ready, and Kysely itself, which has to build it. */
const limits: readonly Pair[] = [
  { key: "rowhouse-pg", limit: limitKey, limitTitle: "pg by hand" },
  { key: "rowhouse-kysely", limit: limitKey, limitTitle: "pg by hand" },
  { key: "rowhouse-kysely", limit: "kysely-by-hand", limitTitle: "Kysely by hand" },
];

/** The targets of what was measured. Only those of plans and round trips do not depend on how busy the machine is. */
export function judge(result: BenchmarkResult): Verdict[] {
  return [
    ...limits.flatMap((pair) => judgeSpeed(result.comparisons, pair)),
    ...judgePrisma(result.comparisons),
    ...judgeAuthorization(result),
    ...judgeMemory(result),
    ...result.growth.slice(1).map(({ name, latencyRatio }) => ({
      promise: `at most ${mostGrowth}× the time with ${name}`,
      measured: formatRatio(latencyRatio),
      kept: latencyRatio <= mostGrowth,
    })),
    ...Object.entries(result.plans).map(([kind, plan]) => ({
      promise: `the ${kind} plan is an index scan by projects_by_created`,
      measured: findPlanFault(plan) ?? plan.nodes.join(" > "),
      kept: findPlanFault(plan) === undefined,
    })),
  ];
}

function judgeSpeed(comparisons: readonly Comparison[], { key, limit, limitTitle }: Pair): Verdict[] {
  const atEight = comparisons.filter(({ connections, network }) => connections === 8 && network === "direct");
  const delayed = comparisons.filter(({ network }) => network === "delayed");
  const latencyOf = ({ results }: Comparison, of: string): number | undefined =>
    results.find((result) => result.key === of)?.latencyRatio;
  return [
    ...judgeWorst(atEight, {
      promise: `${key}: at least ${leastThroughput}× the throughput of ${limitTitle} in every operation, 8 connections`,
      ratioOf: (comparison) => ratioBetween(comparison, { key, rival: limit }),
      least: leastThroughput,
    }),
    ...judgeWorst(delayed, {
      promise: `${key}: at most ${mostLatency}× the latency of ${limitTitle} in every operation, 1 ms each way`,
      ratioOf: (comparison) => {
        const [own, other] = [latencyOf(comparison, key), latencyOf(comparison, limit)];
        return own === undefined || other === undefined ? undefined : own / other;
      },
      most: mostLatency,
    }),
  ];
}

/** Operations of one statement: a transaction costs its round trips either way. */
function judgePrisma(comparisons: readonly Comparison[]): Verdict[] {
  const single = comparisons.filter(
    ({ network, connections, operation }) => network === "delayed" && connections === 1 && operation !== "transaction",
  );
  return judgeWorst(single, {
    promise: `rowhouse-prisma: at least ${leastAgainstPrisma}× the throughput of Prisma's recipe, 1 connection, 1 ms each way`,
    ratioOf: (comparison) => ratioBetween(comparison, { key: "rowhouse-prisma", rival: "prisma-recipe" }),
    least: leastAgainstPrisma,
  });
}

interface Bound {
  readonly promise: string;
  /** `undefined` when the contestant did not run. */
  readonly ratioOf: (comparison: Comparison) => number | undefined;
  readonly least?: number;
  readonly most?: number;
}

/** A promise about several cases is kept when the worst of them keeps it. */
function judgeWorst(
  comparisons: readonly Comparison[],
  { promise, ratioOf, least = -Infinity, most = Infinity }: Bound,
): Verdict[] {
  const ratios = comparisons.flatMap((comparison) => {
    const ratio = ratioOf(comparison);
    return ratio === undefined ? [] : [{ ratio, comparison }];
  });
  const [worst] = ratios.toSorted((one, other) =>
    most === Infinity ? one.ratio - other.ratio : other.ratio - one.ratio,
  );
  if (worst === undefined) return [];
  const { ratio, comparison } = worst;
  const place = `${operationTitles[comparison.operation]}, ${comparison.connections}`;
  return [{ promise, measured: `worst ${formatRatio(ratio)} (${place})`, kept: ratio >= least && ratio <= most }];
}

function judgeAuthorization({ authorization }: BenchmarkResult): Verdict[] {
  return authorization
    .filter(({ question, delayMs }) => question === "permission" && delayMs > 0)
    .flatMap(({ results }) =>
      results.flatMap(({ key, roundTrips, throughputRatio }) => {
        if (key === "rowhouse-alone") {
          const promise = `membership, permission and scope add at most ${mostAddedRoundTrips} round trip to a session`;
          return [{ promise, measured: String(roundTrips), kept: roundTrips <= mostAddedRoundTrips }];
        }
        if (key !== "rowhouse") return [];
        const promise = `a permission is checked ${leastAgainstBetterAuth}× as often as by better-auth, 1 ms each way`;
        const measured = formatRatio(throughputRatio);
        return [{ promise, measured, kept: throughputRatio >= leastAgainstBetterAuth }];
      }),
    );
}

function judgeMemory({ memory }: BenchmarkResult): Verdict[] {
  if (memory === undefined) return [];
  return [
    {
      promise: `${memory.scopes.toLocaleString("en")} open scopes hold less than ${mostMegabytes} MB`,
      measured: `${memory.megabytes.toFixed(1)} MB`,
      kept: memory.megabytes < mostMegabytes,
    },
  ];
}
