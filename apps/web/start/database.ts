import { createHmac } from "node:crypto";
import { ensureDatabase, LocalPostgresError, startLocalPostgres } from "@rowhouse/local-postgres";
import pg from "pg";
import { isRowhouseError } from "rowhouse";
import { migrate } from "rowhouse/migrations";
import { tables } from "../tenancy/database.ts";
import { StartError } from "./start-error.ts";

export interface PreparedDatabase {
  readonly runtimeUrl: string;
  readonly identityUrl: string;
  /** No account exists yet. */
  readonly isEmpty: boolean;
  readonly stop: () => Promise<void>;
}

interface DatabaseOptions {
  /** Somebody's own Postgres; without it the embedded one is started. */
  readonly databaseUrl: string | undefined;
  readonly postgresFolder: string;
  readonly secret: string;
  readonly sqlFolder: string;
  readonly onStep: (text: string) => void;
}

const oldest = 15;
const newest = 18;

/** Starts or reaches Postgres, brings it up to date, and makes the roles that the product connects as. */
export async function prepareDatabase(options: DatabaseOptions): Promise<PreparedDatabase> {
  const server = options.databaseUrl === undefined ? await startEmbedded(options) : { url: options.databaseUrl, stop: async () => undefined };
  try {
    await assertVersion(server.url);
    const passwords = { runtime: derive(options.secret, "runtime"), identity: derive(options.secret, "identity") };
    await migrateOrExplain({ adminUrl: server.url, passwords, options });
    return {
      runtimeUrl: asRole(server.url, "rowhouse_runtime", passwords.runtime),
      identityUrl: asRole(server.url, "rowhouse_identity", passwords.identity),
      isEmpty: await hasNoUsers(server.url),
      stop: server.stop,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function startEmbedded({ postgresFolder, onStep }: DatabaseOptions): Promise<{ url: string; stop: () => Promise<void> }> {
  onStep("Starting the embedded Postgres");
  try {
    const server = await startLocalPostgres({ dataFolder: postgresFolder });
    await ensureDatabase(server.url("postgres"), "rowhouse");
    return { url: server.url("rowhouse"), stop: () => server.stop() };
  } catch (error) {
    if (error instanceof LocalPostgresError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

async function assertVersion(url: string): Promise<void> {
  const version = await withClient(url, async (client) => {
    const { rows } = await client.query<{ major: number }>("select current_setting('server_version_num')::integer / 10000 as major");
    return rows[0]?.major ?? 0;
  });
  if (version >= oldest && version <= newest) return;
  throw new StartError(`The database is Postgres ${version}; Rowhouse runs on Postgres ${oldest} to ${newest}.`);
}

async function migrateOrExplain({ adminUrl, passwords, options }: { adminUrl: string; passwords: Record<"runtime" | "identity", string>; options: DatabaseOptions }): Promise<void> {
  try {
    await migrate({
      adminUrl,
      passwords,
      sources: [{ name: "web", folder: options.sqlFolder }],
      tables,
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
    const said = error instanceof Error && error.message !== "" ? error.message : "no answer";
    throw new StartError(`The database at ${place(url)} cannot be reached (${said}). Check that it runs, and DATABASE_URL.`, { cause: error });
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Host, port and database; never the password. */
function place(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function asRole(url: string, role: string, password: string): string {
  const changed = new URL(url);
  changed.username = role;
  changed.password = password;
  return changed.href;
}

/** The same on every start, and useless without the secret. */
function derive(secret: string, role: string): string {
  return createHmac("sha256", secret).update(`password of the Postgres role ${role}`).digest("base64url");
}
