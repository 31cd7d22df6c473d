import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { isCode } from "./data-folder.ts";
import { lastWords, startNode } from "./child.ts";
import { StartError } from "./start-error.ts";

interface Place {
  readonly host: string;
  readonly port: number;
}

/** @throws StartError when something else listens there, still after `patienceMs` */
export async function assertPortFree({ host, port }: Place, patienceMs = 0): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const error = await tryToListen({ host, port });
    if (error === undefined) return;
    if (!isCode(error, "EADDRINUSE")) throw cannotListen({ host, port }, error);
    if (Date.now() >= deadline) {
      const another = port < 65_535 ? port + 1 : port - 1;
      throw new StartError(
        `Port ${port} is in use. Stop what runs there, or choose another: PORT=${another} npm start`,
        { cause: error },
      );
    }
    await sleep(100);
  }
}

async function tryToListen({ host, port }: Place): Promise<unknown> {
  const server = createServer();
  const error = await new Promise<unknown>((resolve) =>
    server.once("error", resolve).listen(port, host, () => resolve(undefined)),
  );
  if (error === undefined) await new Promise((resolve) => server.close(resolve));
  return error;
}

function cannotListen({ host, port }: Place, error: unknown): StartError {
  if (isCode(error, "EACCES"))
    return new StartError(`Port ${port} may not be used by this user. Choose one above 1023: PORT=3000 npm start`, {
      cause: error,
    });
  return new StartError(
    `HOST ${host} is no address of this machine. Leave it out, or use 0.0.0.0 or :: for all of them.`,
    { cause: error },
  );
}

/** Where a browser on this machine reaches a server that listens on `host`. */
export function localUrl({ host, port }: Place): string {
  const loopback = ["0.0.0.0", "::", "127.0.0.1", "::1", "localhost"];
  return `http://${loopback.includes(host) ? "localhost" : bracket(host)}:${port}`;
}

/** Where this process reaches its sign-in page: no name, so that no other program on the other protocol answers. */
export function probeUrl({ host, port }: Place): string {
  const reached = { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
  return `http://${bracket(reached)}:${port}/sign-in`;
}

function bracket(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

export interface Served {
  /** Settles when the server ends, however it ends. */
  readonly ended: Promise<number | null>;
  readonly stop: () => Promise<void>;
}

/** Starts the built server and waits until it answers. It ends with this process, also when this one is killed. */
export async function serve(script: string, environment: NodeJS.ProcessEnv, url: string): Promise<Served> {
  const server = startServer(script, environment);
  try {
    await server.answering(url);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** A server that may not answer yet. */
export interface StartedServer extends Served {
  /** @throws StartError with its last words when it ends first */
  readonly answering: (url: string, signal?: AbortSignal) => Promise<void>;
}

export function startServer(script: string, environment: NodeJS.ProcessEnv): StartedServer {
  const child = startNode([script], { environment });
  child.stdin?.end();
  child.stdout?.resume();
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve).once("error", () => resolve(null)));
  return { ended, stop: () => stop(child, ended), answering: (url, signal) => waitUntilItAnswers(child, url, signal) };
}

/** What it says before it answers is part of one message if it fails; later it goes to standard error as it comes. */
async function waitUntilItAnswers(child: ChildProcess, url: string, signal?: AbortSignal): Promise<void> {
  let said = "";
  const keep = (chunk: string): void => {
    said += chunk;
  };
  child.stderr?.setEncoding("utf8").on("data", keep);
  const deadline = Date.now() + 60_000;
  while (!(await answers(url))) {
    signal?.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null)
      throw new StartError(`The server ended before it answered: ${lastWords(said)}`);
    if (Date.now() > deadline) throw new StartError(`The server did not answer within a minute: ${lastWords(said)}`);
    await sleep(50);
  }
  child.stderr?.off("data", keep).on("data", (chunk: string) => process.stderr.write(chunk));
  process.stderr.write(said);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000) })).status < 500;
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
