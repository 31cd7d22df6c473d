import { randomBytes } from "node:crypto";
import pg from "pg";
import { RowhouseError } from "rowhouse";
import { parseDatabaseUrl, unreachable } from "./database-url.ts";
import { watchStop } from "./watch-stop.ts";

/** What a run that was killed outright left behind has such a name, too. */
const copyPrefix = "rowhouse_prove_";

/**
 * Runs `work` on a copy of a database that is made for it and dropped afterwards, whatever happens. The copy has the database's own
 * settings and privileges as well, which Postgres does not copy by itself.
 *
 * @throws RowhouseError INVALID_SETTINGS, DATABASE_UNREACHABLE, UNSAFE_DATABASE when the database cannot be copied; the message says what else can be done
 */
export async function withThrowAwayCopy<Result>(
  url: string | undefined,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const from = parseDatabaseUrl(url, "--url");
  using stop = watchStop("Stopped. The copy of the database is dropped.");
  const origin = await connect(from);
  const copy = `${copyPrefix}${randomBytes(6).toString("hex")}`;
  try {
    await copyDatabase(origin, copy);
    try {
      const at = new URL(from);
      at.pathname = `/${copy}`;
      return await withClient(at.href, (client) => stop.ends(client, () => work(client)));
    } finally {
      await origin.query(`drop database ${pg.escapeIdentifier(copy)} with (force)`);
    }
  } finally {
    await origin.end();
  }
}

/** Runs `work` on a connection of its own. @throws RowhouseError INVALID_SETTINGS, DATABASE_UNREACHABLE */
export async function withClient<Result>(
  url: string | undefined,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = await connect(parseDatabaseUrl(url, "--url"));
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "rowhouse prove",
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the statement that runs; unheard, the event would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(error);
  }
  return client;
}

async function copyDatabase(origin: pg.Client, copy: string): Promise<void> {
  const { rows } = await origin.query<{ name: string }>("select current_database() as name");
  const name = rows[0]?.name ?? "";
  try {
    await origin.query(`create database ${pg.escapeIdentifier(copy)} template ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    throw asRefusal(error, name);
  }
  // Each as a statement of its own: what the server writes itself is quoted by the server.
  const { rows: statements } = await origin.query<{ statement: string }>(ownOfDatabase, [copy]);
  for (const { statement } of statements) await origin.query(statement);
}

function asRefusal(error: unknown, name: string): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const instead = "Restore a dump of it elsewhere and name that with --url, or give --rollback";
  if (error.code === "55006")
    return new RowhouseError("UNSAFE_DATABASE", `Others are using ${name}, so it cannot be copied now. ${instead}.`, {
      cause: error,
    });
  if (error.code === "42501")
    return new RowhouseError("UNSAFE_DATABASE", `This role may not make a copy of ${name}. ${instead}.`, {
      cause: error,
    });
  return error;
}

/** What CREATE DATABASE leaves behind: settings of the database, and who may connect to it or make temporary tables. */
const ownOfDatabase = `
  select format('alter database %I set %s = %L', $1::text, quote_ident(split_part(entry, '=', 1)),
    substr(entry, strpos(entry, '=') + 1)) as statement
  from pg_db_role_setting, unnest(setconfig) as entry
  where setrole = 0 and setdatabase = (select oid from pg_database where datname = current_database())
    -- Lists of names are quoted name by name in there already.
    and split_part(entry, '=', 1) not in ('search_path', 'session_preload_libraries', 'local_preload_libraries', 'temp_tablespaces')
  union all
  select format('revoke all on database %I from public', $1::text) from pg_database
  where datname = current_database() and datacl is not null
  union all
  select format('grant %s on database %I to %s', privilege_type, $1::text,
    case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end)
  from pg_database, aclexplode(datacl) where datname = current_database()`;
