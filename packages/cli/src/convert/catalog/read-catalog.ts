import type pg from "pg";
import { assertReadable } from "./assert-readable.ts";
import type { Catalog, LongTransaction, Slot, Table, View } from "./catalog.ts";
import { made } from "./made.ts";
import { nameOf, readTables } from "./read-tables.ts";

/** A table this small is counted where the catalog has no estimate. */
const smallBytes = 4 * 1024 * 1024;

/** A transaction this old may hold up a conversion. */
const longSeconds = 5;

/** Reads what stands in the database; nothing of any row. @throws RowhouseError INVALID_INPUT where the role may not read a table */
export async function readCatalog(client: pg.ClientBase): Promise<Catalog> {
  const about = await client.query<{ database: string }>("select current_database() as database");
  const read = await readTables(client);
  await assertReadable(client);
  const tables: Table[] = [];
  for (const table of read) tables.push(await withRows(client, table));
  const views = await client.query<View>(viewsStatement);
  const slots = await client.query<Slot>(
    `select slot_name as name, slot_type = 'logical' as logical from pg_catalog.pg_replication_slots
     where database is null or database = current_database() order by slot_name`,
  );
  const transactions = await client.query<LongTransaction>(transactionsStatement, [longSeconds]);
  return {
    database: about.rows[0]?.database ?? "",
    tables,
    byName: new Map(tables.map((table) => [table.sql, table])),
    views: views.rows,
    slots: slots.rows,
    longTransactions: transactions.rows,
  };
}

/** A table that was never analyzed has no estimate. */
async function withRows(client: pg.ClientBase, table: Table): Promise<Table> {
  if (table.rows >= 0) return table;
  if (table.kind === "foreign table" || table.isPartition || table.bytes > smallBytes)
    return { ...table, rows: Math.ceil(table.bytes / 200) };
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table.sql}`);
  return { ...table, rows: rows[0]?.count ?? 0 };
}

/** With the tables of the views that a view shows. */
const viewsStatement = `
  with recursive shows (view, relation) as (
    select r.ev_class, d.refobjid from pg_catalog.pg_rewrite as r
    join pg_catalog.pg_class as v on v.oid = r.ev_class and v.relkind in ('v', 'm')
    join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
      and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> r.ev_class
    union
    select s.view, d.refobjid from shows as s
    join pg_catalog.pg_rewrite as r on r.ev_class = s.relation
    join pg_catalog.pg_class as v on v.oid = r.ev_class and v.relkind in ('v', 'm')
    join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
      and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> r.ev_class
  )
  select pg_catalog.format('%I.%I', n.nspname, c.relname) as sql, c.relkind = 'm' as materialized,
    coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false) as "securityInvoker",
    coalesce((select json_agg(distinct ${nameOf("s.relation")}) from shows as s
      join pg_catalog.pg_class as t on t.oid = s.relation and t.relkind in ('r', 'p', 'f') where s.view = c.oid), '[]') as shows
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('v', 'm') and ${made}
  order by 1`;

const transactionsStatement = `
  select a.pid, extract(epoch from clock_timestamp() - a.xact_start)::int as seconds,
    (select coalesce(json_agg(distinct ${nameOf("l.relation")}), '[]') from pg_catalog.pg_locks as l
      join pg_catalog.pg_class as t on t.oid = l.relation and t.relkind in ('r', 'p')
      join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace and tn.nspname <> 'pg_catalog'
      where l.pid = a.pid and l.locktype = 'relation' and l.granted) as tables
  from pg_catalog.pg_stat_activity as a
  where a.datname = current_database() and a.pid <> pg_backend_pid() and a.backend_type = 'client backend'
    and a.xact_start < clock_timestamp() - make_interval(secs => $1)
  order by a.pid`;
