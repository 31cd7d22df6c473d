import { quantile } from "../measure/quantile.ts";
import type { AtOnce } from "./convert-at-once.ts";
import { clients, perSecond, type Converted } from "./convert-under-load.ts";
import type { Killed } from "./kill-and-resume.ts";
import type { FromLoad } from "./load.ts";

/** What was measured; undefined what was left out. */
export interface ConversionResult {
  /** Of the largest table. */
  readonly rows: number;
  readonly online: Converted | undefined;
  readonly atOnce: AtOnce | undefined;
  readonly killed: Killed | undefined;
  /** Rows a second. */
  readonly backfill: number | undefined;
}

interface Judged {
  readonly target: string;
  readonly measured: string;
  readonly kept: boolean;
}

export function judgeConversion({ online, killed, backfill }: ConversionResult): Judged[] {
  return [
    ...(online === undefined ? [] : judgeOnline(online)),
    ...(killed === undefined ? [] : [judgeKilled(killed)]),
    ...(backfill === undefined ? [] : [judgeBackfill(backfill)]),
  ];
}

function judgeOnline({ load, before, after, wrong }: Converted): Judged[] {
  const times = load.samples.map(({ ms }) => ms);
  const [p99, most] = [quantile(times, 0.99), quantile(times, 1)];
  const growth = after.heap / before.heap;
  const failed = load.failures.length;
  return [
    { target: "0 failed statements", measured: failed.toString(), kept: failed === 0 },
    { target: "p99 under 30 ms", measured: `${p99.toFixed(1)} ms`, kept: p99 < 30 },
    { target: "no statement over 150 ms", measured: `${most.toFixed(0)} ms`, kept: most <= 150 },
    { target: "the table grows to under 1.3 ×", measured: `${growth.toFixed(2)} ×`, kept: growth < 1.3 },
    { target: "validation finds nothing", measured: wrong ?? "nothing", kept: wrong === null },
  ];
}

function judgeKilled({ bySignal, byServer, failed, wrong }: Killed): Judged {
  const findings = wrong === null ? "0 findings" : "findings";
  return {
    target: "killed and resumed with nothing wrong",
    measured: `${bySignal} × SIGKILL, ${byServer} × its backend, ${failed} failed statements, ${findings}`,
    kept: wrong === null && failed === 0,
  };
}

function judgeBackfill(rate: number): Judged {
  const measured = `${Math.round(rate).toLocaleString("en")} rows/s`;
  return { target: "at least 40,000 rows/s unthrottled", measured, kept: rate >= 40_000 };
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
    ...(online === undefined ? [] : renderOnline(online)),
    ...(atOnce === undefined ? [] : renderAtOnce(atOnce)),
    ...(killed !== undefined && killed.tooLate > 0
      ? [`${killed.tooLate} of the kills came after the conversion was over.`, ""]
      : []),
    "| target | measured | |",
    "|---|---:|---|",
    ...judged,
  ].join("\n");
}

function renderOnline(online: Converted): string[] {
  return [
    "**Rowhouse, phase by phase**",
    "",
    ...renderPhases(online.load, online.seconds),
    "",
    "Steps in which the old application waited longest:",
    "",
    ...renderSlowSteps(online),
    "",
    ...renderGrowth(online),
    ...whyFailed(online.load),
    "",
  ];
}

function renderAtOnce(atOnce: AtOnce): string[] {
  const { deadlocks } = atOnce;
  return [
    "**One transaction**",
    "",
    ...renderPhases(atOnce.load, atOnce.seconds),
    "",
    ...renderGrowth(atOnce),
    ...(deadlocks > 0 ? [`A deadlock with the application ended it ${deadlocks} times; it began again.`] : []),
    ...whyFailed(atOnce.load),
    "",
  ];
}

function renderGrowth({ before, after }: Pick<Converted, "before" | "after">): string[] {
  const [heaps, alls] = [[before.heap, after.heap].map(megabytes), [before.all, after.all].map(megabytes)];
  return [
    `The table without its indexes: ${heaps.join(" before, ")} after; with them: ${alls.join(" before, ")} after.`,
  ];
}

const slowSteps = 8;

/** A statement belongs to the step that was the next to end. */
function renderSlowSteps({ load, steps }: Pick<Converted, "load" | "steps">): string[] {
  const ends = steps.map(({ id, to }) => ({ id, to, times: [] as number[] })).sort((a, b) => a.to - b.to);
  for (const { at, ms } of load.samples) ends.find(({ to }) => to >= at)?.times.push(ms);
  const slow = ends.filter(({ times }) => times.length > 0).map((end) => ({ ...end, most: Math.max(...end.times) }));
  const shown = slow.sort((a, b) => b.most - a.most).slice(0, slowSteps);
  return [
    "| step | statements | p99 ms | max ms |",
    "|---|---:|---:|---:|",
    ...shown.map(
      ({ id, times, most }) =>
        `| ${id} | ${times.length.toLocaleString("en")} | ${quantile(times, 0.99).toFixed(1)} | ${most.toFixed(1)} |`,
    ),
  ];
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

function whyFailed({ failures }: FromLoad): string[] {
  const counts = new Map<string, number>();
  for (const each of failures) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `Failed: ${count} × ${reason}.`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MB`;
}
