import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const main = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));

/** `rowhouse …` in one process, so that a signal meets the command and not what starts it. */
export interface RunningCommand {
  readonly child: ChildProcess;
  /** Null where a signal ended it. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

export function startCommand(given: readonly string[]): RunningCommand {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = spawn(process.execPath, ["--conditions=rowhouse-source", "--import", tsx, main, ...given], {
    env: { NODE_ENV: "test" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, "close").then(([code]: unknown[]) => ({ code: code as number | null, output }));
  return { child, ended };
}

/** @returns what it printed */
export async function runCommand(given: readonly string[]): Promise<string> {
  const { code, output } = await startCommand(given).ended;
  if (code !== 0) throw new Error(`rowhouse ${given.slice(0, 2).join(" ")} ended with ${String(code)}:\n${output}`);
  return output;
}
