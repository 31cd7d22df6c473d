import { questionTitles, type Question } from "../authorization/authorizer.ts";
import type { CheckedContestant } from "../checks/check-contestants.ts";
import type { Comparison } from "../compare-contestants.ts";
import { operations, operationTitles } from "../operations/operation.ts";
import type { BenchmarkResult } from "../run-benchmark.ts";
import { networkTitles } from "../select-axes.ts";
import { findLosses } from "./find-losses.ts";
import { groupBy } from "./group-by.ts";
import { judge } from "./judge.ts";
import { formatCount, formatMs, formatRatio, renderTable } from "./render-table.ts";

/** The result as Markdown: a table a question. Parts that were not measured are left out. */
export function renderReport(result: BenchmarkResult): string {
  const losses = findLosses(result);
  return [
    `Rows: ${formatCount(result.rows)} of ${formatCount(result.organizations)} organizations.`,
    ...renderChecks(result.contestants),
    ...renderComparisons(result.comparisons),
    ...renderAuthorization(result),
    ...renderGrowth(result),
    ...renderMemory(result),
    "**Targets**",
    renderTable(
      ["target", "measured", ""],
      judge(result).map(({ promise, measured, kept }) => [promise, measured, kept ? "kept" : "**missed**"]),
    ),
    "**Where Rowhouse loses**: less than 0.95× the throughput of a rival; that rival, and the cases, worst first",
    losses.length === 0 ? "In nothing that was measured." : losses.map((loss) => `- ${loss}`).join("\n"),
  ].join("\n\n");
}

function renderChecks(contestants: readonly CheckedContestant[]): string[] {
  return [
    "**Protection**: another organization's row, asked for by its id with the organization forgotten",
    renderTable(
      ["", "its own query", "plain SQL", "its own query, row security off"],
      contestants.map(({ name, protection: { query, sql, withoutRowSecurity } }) => [
        name,
        query,
        sql,
        withoutRowSecurity,
      ]),
    ),
    "**Round trips** of one call",
    renderTable(
      ["", ...operations.map((operation) => operationTitles[operation])],
      contestants.map(({ name, roundTrips }) => [
        name,
        ...operations.map((operation) => String(roundTrips[operation])),
      ]),
    ),
  ];
}

function renderComparisons(comparisons: readonly Comparison[]): string[] {
  return [...groupBy(comparisons, situationOf)].flatMap(([situation, cases]) => [
    `**${situation}**: throughput against the first line, and the median in ms`,
    renderTable(
      ["", ...cases.map(({ operation }) => operationTitles[operation])],
      (cases[0]?.results ?? []).map(({ key, name }) => [
        name,
        ...cases.map(({ results }) => {
          const own = results.find((result) => result.key === key);
          return own === undefined ? "" : `${formatRatio(own.throughputRatio)} ${formatMs(own.p50Ms)}`;
        }),
      ]),
    ),
  ]);
}

export function situationOf({ connections, network }: Pick<Comparison, "connections" | "network">): string {
  return `${connections === 1 ? "1 connection" : `${connections} connections`}, ${networkTitles[network]}`;
}

function renderAuthorization({ authorization }: BenchmarkResult): string[] {
  return [...groupBy(authorization, ({ question }) => question)].flatMap(([question, comparisons]) =>
    renderQuestion(question, comparisons),
  );
}

function renderQuestion(question: Question, comparisons: BenchmarkResult["authorization"]): string[] {
  const [first] = comparisons;
  if (first === undefined) return [];
  const delays = comparisons.flatMap(({ delayMs }) => {
    const network = networkTitles[delayMs === 0 ? "direct" : "delayed"];
    return [`a second, ${network}`, "against", "median ms"];
  });
  return [
    `**Authorization: ${questionTitles[question]}**, 8 connections`,
    renderTable(
      ["", "round trips", ...delays],
      first.results.map(({ name, key, roundTrips }) => [
        name,
        String(roundTrips),
        ...comparisons.flatMap(({ results }) => {
          const own = results.find((result) => result.key === key);
          if (own === undefined) return ["", "", ""];
          return [formatCount(Math.round(own.perSecond)), formatRatio(own.throughputRatio), formatMs(own.p50Ms)];
        }),
      ]),
    ),
  ];
}

function renderGrowth({ growth }: BenchmarkResult): string[] {
  if (growth.length === 0) return [];
  return [
    "**Growth**, one connection, direct, list 20, as many rows in each organization",
    renderTable(
      ["", "median ms", "p95 ms", "time"],
      growth.map((lane) => [lane.name, formatMs(lane.p50Ms), formatMs(lane.p95Ms), formatRatio(lane.latencyRatio)]),
    ),
  ];
}

function renderMemory({ memory }: BenchmarkResult): string[] {
  if (memory === undefined) return [];
  const { scopes, megabytes, megabytesWithPrisma } = memory;
  return [
    `**Memory**: ${formatCount(scopes)} open scopes hold ${megabytes.toFixed(1)} MB, ` +
      `and ${megabytesWithPrisma.toFixed(1)} MB with a Prisma client in each.`,
  ];
}
