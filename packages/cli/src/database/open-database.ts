import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { RowhouseError, type ControlPlane } from "rowhouse";
import { parseDatabaseUrl, unreachable } from "./database-url.ts";

/** One connection to a database with Rowhouse's control plane. */
export interface Database extends AsyncDisposable {
  readonly db: Kysely<ControlPlane>;
}

/** @throws RowhouseError INVALID_SETTINGS, DATABASE_UNREACHABLE, UNSAFE_DATABASE when Rowhouse was never installed in it */
export async function openDatabase(url: string | undefined): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: parseDatabaseUrl(url, "--database-url"),
    max: 1,
    application_name: "rowhouse cli",
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the statement that comes next; unheard, the event would end the process.
  pool.on("error", () => undefined);
  try {
    const client = await pool.connect().catch((error: unknown) => {
      throw unreachable(error);
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
