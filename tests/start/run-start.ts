import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ensureBuilt } from "../../apps/web/start/build.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const script = path.join(root, "scripts/start.mjs");
/** What the person who runs the tests may have set, and what vitest sets, must not reach the product. */
const unset = ["DATABASE_URL", "HOST", "PUBLIC_URL", "ROWHOUSE_SECRET", "NODE_ENV", "NODE_OPTIONS"];

/** One run of `npm start`, as the process that npm would start. */
export interface StartRun {
  readonly process: ChildProcess;
  readonly url: string;
  output(): string;
  errors(): string;
  /** Resolves with the text on standard output once it has the sign-ins. */
  ready(): Promise<string>;
  /** Resolves once standard output has this text. */
  said(text: string): Promise<void>;
  ended(): Promise<{ code: number | null; seconds: number }>;
}

export interface StartFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** What takes a minute in a clean clone is no part of any test. */
export async function ensureProduct(): Promise<void> {
  await ensureBuilt(root, () => undefined);
}

/** A folder for ROWHOUSE_DATA; removing it stops what still runs with it. */
export async function makeStartFolder(): Promise<StartFolder> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-start-"));
  await chmod(folder, 0o711);
  const remove = async (): Promise<void> => {
    for (const pid of [readLock(folder)?.pid, readPostmaster(folder)]) {
      if (pid !== undefined && isRunning(pid)) process.kill(pid, "SIGKILL");
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  return { path: folder, remove };
}

export function runStart(environment: Readonly<Record<string, string>>): StartRun {
  const inherited = { ...process.env };
  for (const name of unset) Reflect.deleteProperty(inherited, name);
  const began = Date.now();
  const child = spawn(process.execPath, [script], {
    env: { ...inherited, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
  const closed = new Promise<{ code: number | null; seconds: number }>((resolve) =>
    child.once("close", (code) => resolve({ code, seconds: (Date.now() - began) / 1000 })),
  );
  const said = async (text: string): Promise<void> => {
    while (!output.includes(text)) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`It ended before it said "${text}":\n${output}${errors}`);
      await sleep(20);
    }
  };
  return {
    process: child,
    url: `http://localhost:${environment.PORT ?? "3000"}`,
    output: () => output,
    errors: () => errors,
    said,
    ready: () => said("Ctrl-C stops it.").then(() => output),
    ended: () => closed,
  };
}

export interface Processes {
  readonly start: number;
  readonly server: number;
  readonly postmaster: number | undefined;
}

/** The processes behind a run that is ready. */
export function findProcesses(folder: string): Processes {
  const start = readLock(folder)?.pid;
  if (start === undefined) throw new Error(`Nothing runs with ${folder}.`);
  const server = childrenOf(start).find((pid) => /next-server|server\.js/.test(readCommand(pid)));
  if (server === undefined) throw new Error(`The process ${start} has no server.`);
  return { start, server, postmaster: readPostmaster(folder) };
}

export function isRunning(pid: number): boolean {
  const state = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1] : undefined;
  return state !== undefined && !state.startsWith("Z");
}

export async function untilGone(pids: readonly (number | undefined)[]): Promise<void> {
  const left = () => pids.filter((pid) => pid !== undefined && isRunning(pid));
  const deadline = Date.now() + 10_000;
  while (left().length > 0) {
    if (Date.now() > deadline) throw new Error(`Still running: ${left().join(", ")}`);
    await sleep(20);
  }
}

export function readLock(folder: string): { pid: number; note: string } | undefined {
  const file = path.join(folder, "start.lock");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { pid: number; note: string }) : undefined;
}

export function readPostmaster(folder: string): number | undefined {
  const file = path.join(folder, "postgres/cluster/data/postmaster.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : undefined;
}

export async function status(url: string): Promise<number> {
  return (await fetch(url, { redirect: "manual" })).status;
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
}

function readCommand(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
}
