import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chooseFreePort, isPortBusy } from "./choose-port.ts";
import type { Cluster } from "./ensure-cluster.ts";
import { ensureCluster } from "./ensure-cluster.ts";
import { findPostmaster } from "./find-postmaster.ts";
import { launchServer, stopServer } from "./launch-server.ts";
import { LocalPostgresError } from "./local-postgres-error.ts";
import { prepareBinaries } from "./prepare-binaries.ts";
import { prepareDataFolder } from "./prepare-data-folder.ts";
import { probeServer, refuseAdoption, serverUrl } from "./probe-server.ts";
import { chooseServerIdentity } from "./server-identity.ts";

export interface LocalPostgresOptions {
  /** Holds the database between runs; made when it is missing. See `defaultDataFolder`. */
  dataFolder: string;
  /** The TCP port. Left out, a free one is chosen, and a race for it is retried. */
  port?: number;
  /** `false` gives up crash safety for speed (fsync and its kin off): for tests only. Default `true`. */
  durable?: boolean;
  /** How many connections a server that is started here takes. Default 200. */
  maxConnections?: number;
  /** Receives one line for each step worth telling. */
  log?: (line: string) => void;
}

/** A running server. Whoever calls `stop` stops it, for every process that uses it. */
export interface LocalPostgres extends AsyncDisposable {
  port: number;
  /** A superuser's URL to one database, by TCP and password. The server begins with the database `postgres`. */
  url(database: string): string;
  /** Stops the server in order. Stopping a server that has ended already does nothing. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const ATTEMPTS = 6;

/**
 * Starts the embedded Postgres on a data folder, making the database on first use. A server that already runs on this folder
 * (left by a killed process, or started by another one at this very moment) is adopted once it accepts our password. A
 * server does not end with this process: call `stop`.
 *
 * @throws {LocalPostgresError} IN_USE when `port` is taken, or when the running server differs from what was asked for.
 * @example
 * await using postgres = await startLocalPostgres({ dataFolder: await defaultDataFolder(projectRoot) });
 * const client = new pg.Client(postgres.url("postgres"));
 */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  assertPort(options.port);
  const durable = options.durable ?? true;
  const dataFolder = path.resolve(options.dataFolder);
  const identity = await chooseServerIdentity(path.join(dataFolder, "cluster"));
  await prepareDataFolder(dataFolder, identity);
  const binaries = await prepareBinaries(dataFolder, identity);
  const cluster = await ensureCluster({ dataFolder, identity, binaries, durable });
  const port = await findOrLaunch(cluster, { ...options, durable });
  return describeServer(cluster, port);
}

function assertPort(port: number | undefined): void {
  if (port === undefined || (Number.isInteger(port) && port > 0 && port < 65_536)) return;
  throw new TypeError(
    `port must be a whole number from 1 to 65535, not ${port}; leave it out to have a free one chosen.`,
  );
}

interface Wish {
  port?: number;
  durable: boolean;
  maxConnections?: number;
  log?: (line: string) => void;
}

/** Postgres's own lock on the data directory decides who starts the server; whoever loses adopts the winner's. */
async function findOrLaunch(cluster: Cluster, wish: Wish): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS;
  let launched = false;
  let failures = 0;
  let refusal: unknown;
  while (Date.now() < deadline) {
    const found = await findPostmaster(cluster.dataDirectory);
    if (found.state === "running") {
      const { pid, port, status } = found.postmaster;
      const probe =
        status === "ready" ? await probeServer(cluster, port) : { reached: false as const, cause: undefined };
      if (probe.reached) {
        assertAsWished(port, probe.durable, wish);
        wish.log?.(`${launched ? "started" : "adopted the running"} Postgres on port ${port} (process ${pid})`);
        return port;
      }
      refusal = probe.cause;
      await sleep(20);
      continue;
    }
    const port = wish.port ?? (await chooseFreePort());
    const { started, lastLines } = await launchServer(cluster, {
      port,
      durable: wish.durable,
      maxConnections: wish.maxConnections ?? 200,
    });
    launched = started;
    if (started || (await findPostmaster(cluster.dataDirectory)).state === "running") continue;
    failures += 1;
    await assertWorthRetrying({ cluster, wish, port, lastLines, failures, wasStale: found.state === "stale" });
  }
  throw startFailed(cluster, `the server did not become ready within ${PATIENCE_MS / 1000} s`, { cause: refusal });
}

interface FailedLaunch {
  cluster: Cluster;
  wish: Wish;
  port: number;
  lastLines: string;
  failures: number;
  wasStale: boolean;
}

async function assertWorthRetrying(failed: FailedLaunch): Promise<void> {
  const portTaken = await isPortBusy(failed.port);
  if (portTaken && failed.wish.port !== undefined) {
    throw new LocalPostgresError(
      "IN_USE",
      `Port ${failed.port} is taken by another program. Stop that program, or give Postgres another port.`,
    );
  }
  if (failed.failures >= ATTEMPTS || !(portTaken || failed.wasStale)) {
    throw startFailed(failed.cluster, "the server ended at once", { serverLog: failed.lastLines });
  }
  // The backends of a killed server hold its shared memory for a moment longer.
  await sleep(250);
}

function startFailed(
  cluster: Cluster,
  reason: string,
  details: { cause?: unknown; serverLog?: string },
): LocalPostgresError {
  return new LocalPostgresError(
    "START_FAILED",
    `Postgres did not start: ${reason}. Its log is ${path.join(cluster.folder, "server.log")}.`,
    details,
  );
}

function assertAsWished(port: number, isDurable: boolean, wish: Wish): void {
  if (wish.port !== undefined && wish.port !== port) {
    throw new LocalPostgresError(
      "IN_USE",
      `The server of this data folder already runs on port ${port}, not ${wish.port}. Stop it first, or leave the port out.`,
    );
  }
  if (wish.durable && !isDurable) {
    throw new LocalPostgresError(
      "IN_USE",
      `The server of this data folder runs on port ${port} without crash safety (durable: false). Stop it first, or use another folder.`,
    );
  }
}

function describeServer(cluster: Cluster, port: number): LocalPostgres {
  const stop = async (): Promise<void> => {
    if ((await findPostmaster(cluster.dataDirectory)).state !== "running") return;
    const { stopped, output } = await stopServer(cluster);
    if (stopped || (await findPostmaster(cluster.dataDirectory)).state !== "running") return;
    throw refuseAdoption(cluster, `it did not stop (${output})`);
  };
  return { port, url: (database) => serverUrl(cluster, port, database), stop, [Symbol.asyncDispose]: stop };
}
