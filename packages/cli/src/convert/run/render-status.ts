import type { ConversionStatus } from "./read-status.ts";

/** For a person at a terminal. */
export function renderStatus({ phases, runner, blockers, rowsPerSecond, log }: ConversionStatus): string {
  const lines = phases.map(({ phase, steps, done, current, rows }) => {
    const state = done === steps ? "done" : done === 0 && current === null ? "waits" : `${done} of ${steps} steps`;
    const filled = rows === 0 ? "" : `, ${rows.toLocaleString("en-US")} rows`;
    return `  ${phase.padEnd(16)} ${state}${filled}${current === null ? "" : `, in ${current}`}`;
  });
  const works =
    runner === null
      ? "Nobody works on it now."
      : `Process ${runner.pid} works on it${runner.waitsFor === null ? "" : `, and waits for a lock (${runner.waitsFor})`}.`;
  const rate = rowsPerSecond === null ? [] : [`${Math.round(rowsPerSecond).toLocaleString("en-US")} rows a second.`];
  const held = blockers.map(({ pid, seconds, query }) => `  held by process ${pid}, ${seconds} s: ${query}`);
  const told = log.map(({ at, kind, step, detail }) =>
    `  ${at.slice(0, 19)} ${kind} ${step ?? ""} ${detail}`.trimEnd(),
  );
  return [works, ...rate, ...held, "", "Phases:", ...lines, "", "Last:", ...told].join("\n");
}
