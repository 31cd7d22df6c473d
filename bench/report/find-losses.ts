import { questionTitles } from "../authorization/authorizer.ts";
import type { Comparison, KeyedResult } from "../compare-contestants.ts";
import { allContestants } from "../contestants/all-contestants.ts";
import { operationTitles } from "../operations/operation.ts";
import type { BenchmarkResult } from "../run-benchmark.ts";
import { networkTitles } from "../select-axes.ts";
import { formatRatio } from "./render-table.ts";

interface Loss {
  readonly ratio: number;
  readonly situation: string;
}

/** Below this share of a rival's throughput it is more than noise. */
const closeEnough = 0.95;

/** Every case in which a contestant of ours is slower than one of its rivals, a line for each of the two. */
export function findLosses({
  comparisons,
  authorization,
}: Pick<BenchmarkResult, "comparisons" | "authorization">): string[] {
  const lines: string[] = [];
  for (const { key, rivals = [] } of allContestants) {
    for (const rival of rivals) {
      const losses = comparisons.flatMap((comparison) => findLoss(comparison, { key, rival }));
      if (losses.length > 0)
        lines.push(`${nameOf(comparisons, key)} to ${nameOf(comparisons, rival)}: ${list(losses)}`);
    }
  }
  const answers = authorization.flatMap(({ question, delayMs, results }) => {
    const own = results.find((result) => result.key === "rowhouse");
    const situation = `${questionTitles[question]}, ${networkTitles[delayMs === 0 ? "direct" : "delayed"]}`;
    return own === undefined || own.throughputRatio >= closeEnough ? [] : [{ ratio: own.throughputRatio, situation }];
  });
  if (answers.length > 0) lines.push(`authorization to better-auth: ${list(answers)}`);
  return lines;
}

/** How often as fast as the rival one is, by what both are to the limit. */
export function ratioBetween(
  { results }: Comparison,
  { key, rival }: { readonly key: string; readonly rival: string },
): number | undefined {
  const [own, other] = [find(results, key), find(results, rival)];
  return own === undefined || other === undefined ? undefined : own.throughputRatio / other.throughputRatio;
}

function findLoss(comparison: Comparison, pair: { readonly key: string; readonly rival: string }): Loss[] {
  const ratio = ratioBetween(comparison, pair);
  if (ratio === undefined || ratio >= closeEnough) return [];
  const { operation, network, connections } = comparison;
  return [{ ratio, situation: `${operationTitles[operation]} (${networkTitles[network]}, ${connections})` }];
}

const mostListed = 5;

function list(losses: readonly Loss[]): string {
  const worst = losses.toSorted((one, other) => one.ratio - other.ratio);
  const listed = worst.slice(0, mostListed).map(({ ratio, situation }) => `${formatRatio(ratio)} ${situation}`);
  const others = worst.length - listed.length;
  return [...listed, ...(others > 0 ? [`and ${others} more`] : [])].join("; ");
}

function nameOf(comparisons: readonly Comparison[], key: string): string {
  return find(comparisons[0]?.results ?? [], key)?.name ?? key;
}

function find(results: readonly KeyedResult[], key: string): KeyedResult | undefined {
  return results.find((result) => result.key === key);
}
