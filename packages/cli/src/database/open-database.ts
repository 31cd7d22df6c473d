import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { RowhouseError, type ControlPlane } from "rowhouse";

/** One connection to a database with Rowhouse's control plane. */
export interface Database extends AsyncDisposable {
  readonly db: Kysely<ControlPlane>;
}

/** @throws RowhouseError INVALID_SETTINGS, DATABASE_UNREACHABLE, UNSAFE_DATABASE when Rowhouse was never installed in it */
export async function openDatabase(url: string | undefined): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: parseUrl(url),
    max: 1,
    application_name: "rowhouse cli",
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the statement that comes next; unheard, the event would end the process.
  pool.on("error", () => undefined);
  try {
    const client = await pool.connect().catch((error: unknown) => {
      throw new RowhouseError("DATABASE_UNREACHABLE", `The database did not let us in: ${reasonOf(error)}.`, {
        cause: error,
      });
    });
    try {
      await assertInstalled(client);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = new Kysely<ControlPlane>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] });
  // Not db.destroy(): it leaves a pool alone that no query has used yet, and the process would wait for it.
  return { db, [Symbol.asyncDispose]: () => pool.end() };
}

function parseUrl(url: string | undefined): string {
  if (url !== undefined && URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return url;
  // The value itself may hold a password.
  const problem = url === undefined ? "No database was named" : "The database's address is no postgres:// URL";
  throw new RowhouseError("INVALID_SETTINGS", `${problem}. Set ROWHOUSE_DATABASE_URL, or give --database-url.`);
}

async function assertInstalled(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ found: boolean }>(
    "select pg_catalog.to_regclass('rowhouse.audit_events') is not null as found",
  );
  if (rows[0]?.found === true) return;
  throw new RowhouseError(
    "UNSAFE_DATABASE",
    "There is no audit log in this database. Is it the right one, and is it migrated?",
  );
}

/** Several addresses of one host give an AggregateError, whose own message is empty. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}
