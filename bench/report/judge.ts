import { findPlanFault } from "../measure/find-plans.ts";
import type { LaneResult } from "../measure/interleave.ts";
import type { BenchmarkResult } from "../run-benchmark.ts";

/** One thing that was promised, and whether the measurement kept it. */
export interface Verdict {
  readonly promise: string;
  readonly measured: string;
  readonly kept: boolean;
}

const leastThroughput = 0.85;
const mostLatency = 1.15;
const mostGrowth = 1.3;

/** The targets. Only the plan's does not depend on how busy the machine is. */
export function judge({ comparisons, growth, plans }: BenchmarkResult): Verdict[] {
  const speed = comparisons.flatMap(({ connections, delayMs, results }) => {
    const rowhouse = getRowhouse(results);
    if (delayMs > 0)
      return [judgeLatency(`${mostLatency}× the latency, ${connections} connection(s), delayed`, rowhouse)];
    return connections > 1
      ? [judgeThroughput(`${leastThroughput}× the throughput, ${connections} connections`, rowhouse)]
      : [];
  });
  return [
    ...speed,
    ...growth.slice(1).map(({ name, latencyRatio }) => ({
      promise: `at most ${mostGrowth}× the time with ${name}`,
      measured: `${latencyRatio.toFixed(2)}×`,
      kept: latencyRatio <= mostGrowth,
    })),
    ...Object.entries(plans).map(([kind, plan]) => ({
      promise: `the ${kind} plan is an index scan by projects_by_created`,
      measured: findPlanFault(plan) ?? plan.nodes.join(" > "),
      kept: findPlanFault(plan) === undefined,
    })),
  ];
}

function judgeThroughput(promise: string, { throughputRatio }: LaneResult): Verdict {
  return {
    promise: `at least ${promise}`,
    measured: `${throughputRatio.toFixed(2)}×`,
    kept: throughputRatio >= leastThroughput,
  };
}

function judgeLatency(promise: string, { latencyRatio }: LaneResult): Verdict {
  return { promise: `at most ${promise}`, measured: `${latencyRatio.toFixed(2)}×`, kept: latencyRatio <= mostLatency };
}

/** The first lane is the limit, the second Rowhouse's query. */
function getRowhouse(results: readonly LaneResult[]): LaneResult {
  const result = results[1];
  if (result === undefined) throw new Error("Rowhouse was not measured.");
  return result;
}
