import { execFile } from "node:child_process";
import { readFile, readlink, realpath, unlink } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { errorCode } from "./server-identity.ts";

/** A live server of one data directory, as its `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  port: number;
  status: "starting" | "ready" | "stopping";
}

/** What a data directory says about its server. `stale`: a server once ran here and was killed. */
export type PostmasterFinding = { state: "none" } | { state: "stale" } | { state: "running"; postmaster: Postmaster };

/**
 * Finds the server of a data directory. Where the process id has been given to another program since, the file is removed:
 * Postgres itself would only see that the number is alive, and refuse to start.
 */
export async function findPostmaster(dataDirectory: string): Promise<PostmasterFinding> {
  const file = path.join(dataDirectory, "postmaster.pid");
  const content = await readIfPresent(file);
  if (content === undefined) return { state: "none" };
  const lines = content.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return { state: "stale" };
  if (!isAlive(pid)) return { state: "stale" };
  if (!(await isPostmasterOf(pid, dataDirectory))) {
    if ((await readIfPresent(file)) === content) await unlink(file);
    return { state: "stale" };
  }
  return { state: "running", postmaster: { pid, port: Number(lines[3]), status: parseStatus(lines[7]) } };
}

/** Whether a process has this number, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

function parseStatus(line: string | undefined): Postmaster["status"] {
  return line === "ready" || line === "stopping" ? line : "starting";
}

async function isPostmasterOf(pid: number, dataDirectory: string): Promise<boolean> {
  if (process.platform === "linux") {
    try {
      // A postmaster works in its data directory; there is no better proof.
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(dataDirectory));
    } catch (error) {
      if (errorCode(error) === "ENOENT") return false;
      if (errorCode(error) !== "EACCES") throw error;
    }
  }
  return (await processName(pid)).includes("postgres");
}

async function processName(pid: number): Promise<string> {
  const [program, args] =
    process.platform === "win32"
      ? ["tasklist", ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"]]
      : ["ps", ["-p", String(pid), "-o", "comm="]];
  const { stdout } = await promisify(execFile)(program, args);
  return stdout;
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
