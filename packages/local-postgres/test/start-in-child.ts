import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Starts a server from another node process, which leads a process group of its own and then stays. */
export function startInChild(dataFolder: string): ChildProcess {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const script = fileURLToPath(new URL("start-and-stay.ts", import.meta.url));
  return spawn(process.execPath, ["--import", tsx, script, dataFolder], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The port that the child prints once its server is ready. */
export async function readPort(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error("The child was started without a pipe.");
  const [line] = (await once(child.stdout, "data")) as unknown[];
  return Number(String(line).trim());
}

/** Kills the child and all that is in its process group, as Ctrl-C reaches a whole group. */
export async function killGroup(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined) throw new Error("The child never ran.");
  const exited = once(child, "exit");
  process.kill(-child.pid, signal);
  await exited;
}
