import { realpath } from "node:fs/promises";
import pg from "pg";
import type { Cluster } from "./ensure-cluster.ts";
import { LocalPostgresError } from "./local-postgres-error.ts";
import { errorCode } from "./server-identity.ts";

/** `reached: false` means: not yet, or not any more; `cause` says why. */
export type ProbeResult = { reached: true; durable: boolean } | { reached: false; cause: unknown };

const WRONG_PASSWORD = "28P01";

/** Not listening yet or no longer, shutting down, starting up, or full for the moment. */
const TRANSIENT = new Set(["ECONNREFUSED", "ECONNRESET", "57P01", "57P03", "53300"]);

/** Connects with the cluster's password and makes sure that it is this cluster's server that answers. */
export async function probeServer(cluster: Cluster, port: number): Promise<ProbeResult> {
  const client = new pg.Client({
    connectionString: serverUrl(cluster, port, "postgres"),
    connectionTimeoutMillis: 5_000,
  });
  // A connection that dies while idle reports here too; the rejection of what we await says all that we need.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string; fsync: string }>(
      "select pg_catalog.current_setting('data_directory') as folder, pg_catalog.current_setting('fsync') as fsync",
    );
    const folder = rows[0]?.folder ?? "";
    if ((await realpath(folder)) !== (await realpath(cluster.dataDirectory))) {
      return { reached: false, cause: new Error(`The server on port ${port} serves ${folder}.`) };
    }
    return { reached: true, durable: rows[0]?.fsync === "on" };
  } catch (cause) {
    const code = errorCode(cause);
    if (code === WRONG_PASSWORD)
      throw refuseAdoption(cluster, `the server on port ${port} refuses its password`, cause);
    // node-postgres gives no code to a connection that ends or times out during start-up.
    if (code === undefined || TRANSIENT.has(code)) return { reached: false, cause };
    throw cause;
  } finally {
    await client.end();
  }
}

/** A superuser's URL to one database of the cluster's server. */
export function serverUrl(cluster: Cluster, port: number, database: string): string {
  return `postgresql://postgres:${encodeURIComponent(cluster.password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** The error for a server that runs on our files and that we can neither use nor stop. */
export function refuseAdoption(cluster: Cluster, reason: string, cause?: unknown): LocalPostgresError {
  return new LocalPostgresError(
    "IN_USE",
    `${cluster.folder} is in use by a server that cannot be adopted: ${reason}. Stop that server, or use another folder.`,
    { cause },
  );
}
