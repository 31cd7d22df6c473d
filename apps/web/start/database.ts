import { createHmac } from "node:crypto";
import { ensureDatabase, LocalPostgresError, startLocalPostgres } from "@rowhouse/local-postgres";
import pg from "pg";
import { isRowhouseError } from "rowhouse";
import { migrate, type RolePasswords, type SealKeys } from "rowhouse/migrations";
import { tables } from "../tenancy/database.ts";
import { describeUnreachable, place } from "./unreachable.ts";
import { assertSupportedVersion } from "./postgres-version.ts";
import { StartError } from "./start-error.ts";

export interface PreparedDatabase {
  readonly runtimeUrl: string;
  readonly identityUrl: string;
  readonly workerUrl: string;
  readonly operatorUrl: string;
  /** No account exists yet. */
  readonly isEmpty: boolean;
  /** Names this database among those that a data folder was used with. */
  readonly name: string;
  readonly stop: () => Promise<void>;
}

interface DatabaseOptions {
  /** Somebody's own Postgres; without it the embedded one is started. */
  readonly databaseUrl: string | undefined;
  readonly postgresFolder: string;
  readonly secret: string;
  readonly sqlFolder: string;
  /** As `migrate` takes it. */
  readonly seal?: SealKeys | "off" | undefined;
  /** Gives it up. */
  readonly signal?: AbortSignal;
  readonly onStep: (text: string) => void;
}

/** Starts or reaches Postgres, brings it up to date, and makes the roles that the product connects as. */
export async function prepareDatabase(options: DatabaseOptions): Promise<PreparedDatabase> {
  const { databaseUrl, signal } = options;
  if (databaseUrl === undefined) return prepareEmbedded(options);
  assertUsable(databaseUrl);
  // Nobody waits for a distant server's answer after Ctrl-C; there is nothing to stop.
  return Promise.race([
    prepareServer({ url: databaseUrl, name: place(databaseUrl), stop: async () => undefined }, options),
    whenAborted(signal),
  ]);
}

async function prepareEmbedded(options: DatabaseOptions): Promise<PreparedDatabase> {
  const server = await startEmbedded(options);
  try {
    options.signal?.throwIfAborted();
    return await prepareServer(server, options);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

type Server = Pick<PreparedDatabase, "name" | "stop"> & { readonly url: string };

async function prepareServer({ url, name, stop }: Server, options: DatabaseOptions): Promise<PreparedDatabase> {
  await assertVersion(url);
  const passwords = {
    runtime: derive(options.secret, "runtime"),
    identity: derive(options.secret, "identity"),
    worker: derive(options.secret, "worker"),
    operator: derive(options.secret, "operator"),
  };
  await migrateOrExplain({ adminUrl: url, passwords, options });
  return {
    runtimeUrl: asRole(url, "rowhouse_runtime", passwords.runtime),
    identityUrl: asRole(url, "rowhouse_identity", passwords.identity),
    workerUrl: asRole(url, "rowhouse_worker", passwords.worker),
    operatorUrl: asRole(url, "rowhouse_operator", passwords.operator),
    isEmpty: await hasNoUsers(url),
    name,
    stop,
  };
}

/** The roles' names and passwords are put into the URL, which only one with a host can take. */
function assertUsable(url: string): void {
  if (new URL(url).hostname !== "") return;
  throw new StartError("DATABASE_URL names no host. Write it as postgres://user:password@host:5432/database");
}

async function startEmbedded({ postgresFolder, onStep }: DatabaseOptions): Promise<Server> {
  onStep("Starting the embedded Postgres");
  try {
    const server = await startLocalPostgres({ dataFolder: postgresFolder });
    await ensureDatabase(server.url("postgres"), "rowhouse");
    return { url: server.url("rowhouse"), name: "embedded", stop: () => server.stop() };
  } catch (error) {
    if (error instanceof LocalPostgresError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

async function whenAborted(signal: AbortSignal | undefined): Promise<never> {
  await new Promise<void>((resolve) => {
    if (signal?.aborted === true) resolve();
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
  throw new StartError("It was stopped.");
}

async function assertVersion(url: string): Promise<void> {
  const major = await withClient(url, async (client) => {
    const { rows } = await client.query<{ major: number }>(
      "select current_setting('server_version_num')::integer / 10000 as major",
    );
    return rows[0]?.major ?? 0;
  });
  assertSupportedVersion(major);
}

async function migrateOrExplain({
  adminUrl,
  passwords,
  options,
}: {
  adminUrl: string;
  passwords: RolePasswords;
  options: DatabaseOptions;
}): Promise<void> {
  try {
    await migrate({
      adminUrl,
      passwords,
      sources: [{ name: "web", folder: options.sqlFolder }],
      tables,
      seal: options.seal,
      onStep: ({ source, name }) => options.onStep(`Migrating: ${source}/${name}`),
    });
  } catch (error) {
    if (isRowhouseError(error)) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

async function hasNoUsers(url: string): Promise<boolean> {
  return withClient(url, async (client) => (await client.query("select from auth.users limit 1")).rowCount === 0);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(describeUnreachable(url, error), { cause: error });
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function asRole(url: string, role: string, password: string): string {
  const changed = new URL(url);
  changed.username = role;
  changed.password = password;
  // The driver prefers these to what stands before the host.
  for (const name of ["user", "password"]) changed.searchParams.delete(name);
  return changed.href;
}

/** The same on every start, and useless without the secret. */
function derive(secret: string, role: string): string {
  return createHmac("sha256", secret).update(`password of the Postgres role ${role}`).digest("base64url");
}
