import type pg from "pg";

/** A transaction that is in the way, for a person who may end it. */
export interface Holder {
  readonly pid: number;
  readonly seconds: number;
  readonly query: string;
  /** What it holds, as SQL writes it; empty where it only sees too old a state of the database. */
  readonly table: string;
}

/** What a step waits for. */
export interface Wait {
  /** The same as long as it waits for the same. */
  readonly by: string;
  /** For a person, as it is now. */
  readonly why: string;
}

const about = `a.pid, coalesce(extract(epoch from clock_timestamp() - a.xact_start), 0)::integer as seconds,
  left(regexp_replace(a.query, '\\s+', ' ', 'g'), 200) as query`;

/** The oldest of others' transactions that hold a lock on one of the tables, if one is open for that many seconds. */
export async function findHolder(
  client: pg.ClientBase,
  { on, seconds }: { on: readonly string[]; seconds: number },
): Promise<Holder | undefined> {
  const { rows } = await client.query<Holder>(
    `select ${about}, l.relation::regclass::text as table
     from pg_stat_activity a join pg_locks l on l.pid = a.pid and l.locktype = 'relation' and l.granted
     where a.pid <> pg_backend_pid() and a.datname = current_database() and a.backend_type = 'client backend'
       and l.relation = any (select to_regclass(one) from unnest($1::text[]) one)
       and a.xact_start <= clock_timestamp() - make_interval(secs => $2)
     order by a.xact_start limit 1`,
    [on, seconds],
  );
  return rows[0];
}

/** Whom a process of the server waits for now. */
export async function findBlocker(client: pg.ClientBase, pid: number): Promise<Holder | undefined> {
  const { rows } = await client.query<Holder>(
    `select ${about}, '' as table from pg_stat_activity a where a.pid = any (pg_blocking_pids($1)) order by a.xact_start limit 1`,
    [pid],
  );
  return rows[0];
}

export function describeHolder({ pid, seconds, query, table }: Holder): string {
  const what = table === "" ? "is in the way" : `holds ${table}`;
  return `process ${pid}, in a transaction for ${seconds} s, ${what}: ${query}`;
}

export function waitFor(holder: Holder): Wait {
  return { by: `${holder.pid} ${holder.table}`, why: describeHolder(holder) };
}

export function adviseToEnd({ pid }: Holder): string {
  return `End it (select pg_terminate_backend(${pid})) and run again: the conversion goes on where it stopped.`;
}
