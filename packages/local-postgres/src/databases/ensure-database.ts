import pg from "pg";
import { errorCode } from "../server/server-identity.ts";
import { withAdminClient } from "./with-admin-client.ts";

const DUPLICATE_DATABASE = "42P04";
/** What Postgres answers when two sessions create the same name at the same moment. */
const UNIQUE_VIOLATION = "23505";

/** Makes the database unless it is there; returns whether it was made. `adminUrl` names any other database of the server. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<boolean> {
  return withAdminClient(adminUrl, async (client) => {
    const { rowCount } = await client.query("select from pg_catalog.pg_database where datname = $1", [name]);
    if (rowCount === 1) return false;
    try {
      await client.query(`create database ${pg.escapeIdentifier(name)}`);
      return true;
    } catch (error) {
      const code = errorCode(error);
      if (code === DUPLICATE_DATABASE || code === UNIQUE_VIOLATION) return false;
      throw error;
    }
  });
}

/** Drops the database and ends its connections. A database that is not there is no error. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withAdminClient(adminUrl, (client) =>
    client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
  );
}
