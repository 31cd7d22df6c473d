import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { toConnectError } from "../database/database-error.ts";
import { quoteIdentifier } from "../database/identifier.ts";
import { RowhouseError } from "../errors.ts";
import type { RoleNames } from "../settings.ts";

/** What the queue has to say is in the errors it throws. */
const silent = new Logger(() => () => undefined);

/**
 * Graphile Worker's schema, made and owned by the owner role. Its tables have row security without a policy, so they are the
 * owner's alone; the worker role gets one. Who serves tenants has no way to them but `rowhouse.enqueue_job`.
 *
 * @throws RowhouseError MIGRATION_FAILED, DATABASE_UNREACHABLE
 */
export async function installJobQueue(adminUrl: string, roles: RoleNames): Promise<void> {
  const pool = new pg.Pool({
    connectionString: adminUrl,
    max: 1,
    application_name: "rowhouse migrate",
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool awaits it, whatever its types say
    onConnect: async (client) => {
      await client.query(`set role ${quoteIdentifier(roles.owner)}`);
    },
  });
  // A connection that breaks fails the statement that runs; unheard, the event would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    await runMigrations({ pgPool: pool, logger: silent });
    await pool.query(grants(roles.worker));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw toConnectError(error, false);
    const message = `The queue of jobs could not be installed: ${error.message} (SQLSTATE ${error.code})`;
    throw new RowhouseError("MIGRATION_FAILED", message, { cause: error, sqlstate: error.code });
  } finally {
    await pool.end();
  }
}

/** Each time, as a new version of the queue may bring new tables. One statement: all of it or nothing. */
function grants(role: string): string {
  const worker = quoteIdentifier(role);
  const name = pg.escapeLiteral(role);
  const block = `
    declare
      one regclass;
    begin
      revoke all on schema graphile_worker from public;
      revoke execute on all functions in schema graphile_worker from public;
      grant usage on schema graphile_worker to ${worker};
      grant execute on all functions in schema graphile_worker to ${worker};
      grant usage on all sequences in schema graphile_worker to ${worker};
      grant select on graphile_worker.migrations to ${worker};
      for one in
        select c.oid from pg_catalog.pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
        order by c.relname
      loop
        execute format('grant select, insert, update, delete on %s to %I', one, ${name});
        if not exists (select from pg_catalog.pg_policy where polrelid = one and polname = 'rowhouse_worker') then
          execute format('create policy rowhouse_worker on %s for all to %I using (true) with check (true)', one, ${name});
        end if;
      end loop;
    end`;
  return `do ${pg.escapeLiteral(block)}`;
}
