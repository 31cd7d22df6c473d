import pg from "pg";
import { inspectionSettings } from "../doctor/inspection.ts";
import { parseDatabaseUrl, unreachable } from "./database-url.ts";

const connectTimeoutMs = 10_000;

/**
 * The transaction, and its limits. Commands rather than `set_config`, which a careful administrator has revoked. The catalog is read
 * without waiting for anybody: a lock that is held makes a check inconclusive.
 */
const opening = `
  begin transaction isolation level repeatable read read only;
  set local statement_timeout = '15s';
  set local lock_timeout = '2s';
  set local idle_in_transaction_session_timeout = '60s';
  ${inspectionSettings}`;

/**
 * Runs `work` in one transaction that writes nothing, sees one state of the database and is rolled back, whatever happens.
 *
 * @throws RowhouseError INVALID_SETTINGS, DATABASE_UNREACHABLE
 */
export async function withInspection<Result>(
  url: string | undefined,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: parseDatabaseUrl(url, "--url"),
    application_name: "rowhouse doctor",
    connectionTimeoutMillis: connectTimeoutMs,
  });
  // A connection that breaks fails the statement that runs; unheard, the event would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(error);
  }
  try {
    await client.query(opening);
    return await work(client);
  } finally {
    await client.end();
  }
}
