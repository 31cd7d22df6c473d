import { quantile } from "../measure/quantile.ts";
import { clients, perSecond, type Converted } from "./convert-under-load.ts";
import type { Killed } from "./kill-and-resume.ts";
import type { FromLoad } from "./load.ts";

export interface ConversionResult {
  /** Of the largest table. */
  readonly rows: number;
  readonly online: Converted;
  readonly atOnce: Omit<Converted, "wrong" | "working">;
  readonly killed: Killed;
  /** Rows a second. */
  readonly backfill: number;
}

interface Judged {
  readonly target: string;
  readonly measured: string;
  readonly kept: boolean;
}

export function judgeConversion({ online, killed, backfill }: ConversionResult): Judged[] {
  const times = online.load.samples.map(({ ms }) => ms);
  const [p99, most] = [quantile(times, 0.99), quantile(times, 1)];
  const growth = online.after.heap / online.before.heap;
  const failed = online.load.failures.length;
  return [
    { target: "0 failed statements", measured: failed.toString(), kept: failed === 0 },
    { target: "p99 under 30 ms", measured: `${p99.toFixed(1)} ms`, kept: p99 < 30 },
    { target: "no statement over 150 ms", measured: `${most.toFixed(0)} ms`, kept: most <= 150 },
    { target: "the table grows to under 1.3 ×", measured: `${growth.toFixed(2)} ×`, kept: growth < 1.3 },
    {
      target: "killed and resumed with nothing wrong",
      measured: `${killed.bySignal} × SIGKILL, ${killed.byServer} × its backend, ${killed.failed} failed statements, ${killed.wrong === null ? "0 findings" : "findings"}`,
      kept: killed.wrong === null && killed.failed === 0,
    },
    { target: "validation finds nothing", measured: online.wrong ?? "nothing", kept: online.wrong === null },
    {
      target: "at least 40,000 rows/s unthrottled",
      measured: `${Math.round(backfill).toLocaleString("en")} rows/s`,
      kept: backfill >= 40_000,
    },
  ];
}

/** Markdown, as it stands in the README. */
export function renderConversion(result: ConversionResult): string {
  const { rows, online, atOnce, killed } = result;
  const judged = judgeConversion(result).map(
    ({ target, measured, kept }) => `| ${target} | ${measured} | ${kept ? "kept" : "**missed**"} |`,
  );
  return [
    `Rows of the largest table: ${rows.toLocaleString("en")}. ${clients} clients, up to ${perSecond} statements a second together.`,
    "",
    "**Rowhouse, phase by phase**",
    "",
    ...renderPhases(online.load, online.seconds),
    "",
    "**One transaction**",
    "",
    ...renderPhases(atOnce.load, atOnce.seconds),
    "",
    `Table without its indexes: ${megabytes(online.before.heap)} before, ${megabytes(online.after.heap)} after Rowhouse, ${megabytes(atOnce.after.heap)} after the one transaction. ` +
      `With them: ${megabytes(online.before.all)}, ${megabytes(online.after.all)}, ${megabytes(atOnce.after.all)}.`,
    ...(killed.tooLate > 0 ? [`${killed.tooLate} of the kills came after the conversion was over.`] : []),
    ...whyFailed("Rowhouse", online.load),
    ...whyFailed("One transaction", atOnce.load),
    "",
    "| target | measured | |",
    "|---|---:|---|",
    ...judged,
  ].join("\n");
}

function renderPhases({ samples }: FromLoad, seconds: Readonly<Record<string, number>>): string[] {
  const names = ["before", ...Object.keys(seconds), "after"];
  const lines = [...names, "all"].flatMap((name) => {
    const own = samples.filter(({ phase }) => name === "all" || phase === name);
    if (own.length === 0) return [];
    const times = own.map(({ ms }) => ms);
    const failed = own.filter((each) => each.failed).length;
    const took = seconds[name];
    const fields = [took === undefined ? "" : took.toFixed(1), own.length.toLocaleString("en"), failed.toString()];
    return [`| ${[name, ...fields, ...[0.5, 0.99, 1].map((q) => quantile(times, q).toFixed(1))].join(" | ")} |`];
  });
  return [
    "| phase | s | statements | failed | p50 ms | p99 ms | max ms |",
    "|---|---:|---:|---:|---:|---:|---:|",
    ...lines,
  ];
}

function whyFailed(who: string, { failures }: FromLoad): string[] {
  const counts = new Map<string, number>();
  for (const each of failures) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${who}: ${count} × ${reason}.`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MB`;
}
