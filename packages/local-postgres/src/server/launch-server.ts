import { open, truncate } from "node:fs/promises";
import path from "node:path";
import type { Cluster } from "./ensure-cluster.ts";
import { runBinary } from "./run-binary.ts";
import { findStats } from "./server-identity.ts";

export interface LaunchResult {
  started: boolean;
  /** The last lines that this attempt left in the server's log. */
  lastLines: string;
}

export interface LaunchOptions {
  port: number;
  durable: boolean;
  maxConnections: number;
}

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const START_LIMIT_SECONDS = 60;

/**
 * Starts the server of a cluster and waits until it takes connections. pg_ctl puts it into a session of its own, so that
 * Ctrl-C in the caller's terminal does not reach it.
 */
export async function launchServer(
  cluster: Cluster,
  { port, durable, maxConnections }: LaunchOptions,
): Promise<LaunchResult> {
  const logFile = path.join(cluster.folder, "server.log");
  const logBefore = await limitLog(logFile);
  // Relative paths: pg_ctl passes them through a shell, which would expand a "$" in an absolute one.
  const { exitCode, output } = await runBinary(
    cluster.binaries.pgCtl,
    [
      "start",
      "--wait",
      `--timeout=${START_LIMIT_SECONDS}`,
      "--silent",
      "--pgdata=data",
      "--log=server.log",
      `--options=${serverOptions({ port, durable, maxConnections }).join(" ")}`,
    ],
    { cwd: cluster.folder, identity: cluster.identity },
  );
  if (exitCode === 0) return { started: true, lastLines: "" };
  const written = await readFrom(logFile, logBefore);
  const lines = `${written}\n${output}`.split("\n").filter((line) => line.trim() !== "");
  return { started: false, lastLines: lines.slice(-8).join("\n") };
}

/** Stops the server in order: connections are ended, everything is written. */
export async function stopServer(cluster: Cluster): Promise<{ stopped: boolean; output: string }> {
  const { exitCode, output } = await runBinary(
    cluster.binaries.pgCtl,
    ["stop", "--wait", `--timeout=${START_LIMIT_SECONDS}`, "--silent", "--mode=fast", "--pgdata=data"],
    { cwd: cluster.folder, identity: cluster.identity },
  );
  return { stopped: exitCode === 0, output };
}

function serverOptions({ port, durable, maxConnections }: LaunchOptions): string[] {
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    // The path of a socket may have only about 100 bytes; TCP is enough.
    "unix_socket_directories=",
    "wal_level=logical",
    `max_connections=${maxConnections}`,
    "timezone=UTC",
    "log_timezone=UTC",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  return settings.map((setting) => `-c ${setting}`);
}

/** Empties a log that has grown too long, and returns where the next line will begin. */
async function limitLog(logFile: string): Promise<number> {
  const size = (await findStats(logFile))?.size ?? 0;
  if (size <= LOG_LIMIT_BYTES) return size;
  await truncate(logFile, 0);
  return 0;
}

async function readFrom(logFile: string, position: number): Promise<string> {
  const size = (await findStats(logFile))?.size ?? 0;
  if (size <= position) return "";
  const file = await open(logFile, "r");
  try {
    const buffer = Buffer.alloc(size - position);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
