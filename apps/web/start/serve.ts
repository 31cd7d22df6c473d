import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isCode } from "./data-folder.ts";
import { StartError } from "./start-error.ts";

const exitWithParent = fileURLToPath(new URL("exit-with-parent.mjs", import.meta.url));

/** @throws StartError when something else listens there */
export async function assertPortFree(port: number, host: string): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  } catch (error) {
    if (isCode(error, "EADDRINUSE")) {
      throw new StartError(`Port ${port} is in use. Stop what runs there, or choose another: PORT=${port + 1} npm start`, { cause: error });
    }
    throw new StartError(`Cannot listen on ${host}:${port} (${String(error)}). Choose another HOST or PORT.`, { cause: error });
  }
  await new Promise((resolve) => server.close(resolve));
}

export interface Served {
  /** Settles when the server ends, however it ends. */
  readonly ended: Promise<number | null>;
  readonly stop: () => Promise<void>;
}

/** Starts the built server and waits until it answers. It ends with this process, also when this one is killed. */
export async function serve(script: string, environment: NodeJS.ProcessEnv, url: string): Promise<Served> {
  const child = spawn(process.execPath, ["--import", exitWithParent, script], {
    env: environment,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await waitUntilItAnswers(child, url);
  return { ended, stop: () => stop(child, ended) };
}

async function waitUntilItAnswers(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new StartError("The server ended before it answered; the line above says why.");
    if (await answers(url)) return;
    await sleep(50);
  }
  child.kill("SIGKILL");
  throw new StartError("The server did not answer within a minute.");
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { redirect: "manual" })).status < 500;
  } catch {
    return false; // not listening yet; the deadline is the caller's
  }
}

async function stop(child: ChildProcess, ended: Promise<number | null>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(timer);
}
