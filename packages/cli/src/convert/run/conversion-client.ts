import pg from "pg";
import { RowhouseError } from "rowhouse";
import { setTimeout as sleep } from "node:timers/promises";
import { assertOwnSession } from "./assert-own-session.ts";
import { unreachable } from "../../database/database-url.ts";

/** One runner at a time; the number means nothing else. */
const lockKey = 7_206_581_144;

/** One core at most, and a VACUUM that rests between its pages: the others are the application's. */
const gentle =
  "set max_parallel_workers_per_gather = 0; set max_parallel_maintenance_workers = 0; set vacuum_cost_delay = '2ms'; set vacuum_cost_limit = 400";

/** What a role's or a database's own settings must not change, with what keys are written to the ledger as text among it. */
const ours = `
  set statement_timeout = 0; set lock_timeout = '10s'; set idle_in_transaction_session_timeout = '30s'; set idle_session_timeout = 0;
  set client_connection_check_interval = '1s'; set jit = off; set row_security = on; set default_transaction_isolation = 'read committed';
  set default_transaction_deferrable = off; set standard_conforming_strings = on; set quote_all_identifiers = off; set datestyle = 'ISO';
  set intervalstyle = 'postgres'; set extra_float_digits = 1`;

/**
 * A connection that alone may change the conversion. A killed command's backend is noticed by the server within two seconds, and its
 * lock goes with it, so a new one waits a little.
 *
 * @throws RowhouseError DATABASE_UNREACHABLE, CONVERSION_BLOCKED when another runs, CONVERSION_REFUSED when row security would bind the role
 */
export async function openConversion(url: string, { throttle }: { throttle: boolean }): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "rowhouse convert",
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the statement that runs; unheard, the event would end the process.
  client.on("error", () => undefined);
  await client.connect().catch((error: unknown) => {
    throw unreachable(error);
  });
  try {
    await assertMayWrite(client);
    await assertOwnSession(client, url);
    await client.query(ours);
    if (throttle) await client.query(gentle);
    await assertUnbound(client);
    await takeTurn(client);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** What is of no use to change here: the control plane is made on a connection of its own, which has the role's settings as well. */
async function assertMayWrite(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ standby: boolean; name: string | null; setting: string; remedy: string }>(
    `select pg_is_in_recovery() as standby, name, setting,
       format('alter role %I set %s = %L', current_user, name, boot_val) as remedy
     from (select 1) one left join pg_settings
       on (name, setting) in (('default_transaction_read_only', 'on'), ('session_replication_role', 'replica'), ('session_replication_role', 'local'))
         or name = 'transaction_timeout' and setting <> '0'
     order by name`,
  );
  const [first] = rows;
  if (first?.standby === true)
    throw new RowhouseError(
      "CONVERSION_REFUSED",
      "This server is a replica, which takes no changes. Give the address of the primary.",
    );
  if (first !== undefined && first.name !== null)
    throw new RowhouseError(
      "CONVERSION_REFUSED",
      `With ${first.name} = ${first.setting}, as this role gets it, a conversion cannot run. Use another role, or: ${first.remedy}`,
    );
}

async function assertUnbound(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; unbound: boolean }>(
    "select rolname as name, rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user",
  );
  if (rows[0]?.unbound === true) return;
  throw new RowhouseError(
    "CONVERSION_REFUSED",
    `${rows[0]?.name ?? "This role"} is bound by row security, so triggers that it makes would not see the rows they need. Connect as a superuser or as a role with BYPASSRLS that owns the tables.`,
  );
}

async function takeTurn(client: pg.Client, until = Date.now() + 15_000): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [lockKey]);
  if (rows[0]?.taken === true) return;
  if (Date.now() > until) {
    const holder = await client.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and granted and (classid::bigint << 32 | objid::bigint) = $1
         and database = (select oid from pg_database where datname = current_database())`,
      [lockKey],
    );
    throw new RowhouseError(
      "CONVERSION_BLOCKED",
      `Another conversion is running in this database (process ${holder.rows[0]?.pid ?? "unknown"} of the server). Wait for it, or end it: it can be resumed.`,
    );
  }
  await sleep(250);
  await takeTurn(client, until);
}
