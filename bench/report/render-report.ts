import type { LaneResult } from "../measure/interleave.ts";
import type { BenchmarkResult, Comparison } from "../run-benchmark.ts";
import { judge } from "./judge.ts";

/** The result as Markdown: a table a question. */
export function renderReport(result: BenchmarkResult): string {
  return [
    `Rows: ${formatCount(result.rows)} of ${formatCount(result.organizations)} organizations.`,
    ...result.comparisons.flatMap(renderComparison),
    "**Growth**, one connection, no delay, as many rows in each organization",
    renderTable(
      ["", "median ms", "p95 ms", "time"],
      result.growth.map((lane) => [
        lane.name,
        formatMs(lane.p50Ms),
        formatMs(lane.p95Ms),
        formatRatio(lane.latencyRatio),
      ]),
    ),
    "**Targets**",
    renderTable(
      ["target", "measured", ""],
      judge(result).map(({ promise, measured, kept }) => [promise, measured, kept ? "kept" : "**missed**"]),
    ),
  ].join("\n\n");
}

function renderComparison({ connections, delayMs, results }: Comparison): string[] {
  const network = delayMs === 0 ? "no delay" : `${delayMs} ms each way`;
  return [
    `**${connections === 1 ? "1 connection" : `${connections} connections`}, ${network}**`,
    renderTable(["", "queries/s", "throughput", "median ms", "p95 ms", "latency"], results.map(renderLane)),
  ];
}

function renderLane({ name, perSecond, throughputRatio, p50Ms, p95Ms, latencyRatio }: LaneResult): string[] {
  return [
    name,
    formatCount(Math.round(perSecond)),
    formatRatio(throughputRatio),
    formatMs(p50Ms),
    formatMs(p95Ms),
    formatRatio(latencyRatio),
  ];
}

/** The first column is text, the others are numbers. Padded, as prettier would have it. */
function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

const formatCount = (value: number): string => value.toLocaleString("en");
const formatMs = (value: number): string => value.toFixed(2);
const formatRatio = (value: number): string => `${value.toFixed(2)}×`;
