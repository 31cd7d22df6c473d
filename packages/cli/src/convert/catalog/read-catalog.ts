import type pg from "pg";
import { assertReadable } from "./assert-readable.ts";
import type { Catalog, LongTransaction, Slot, Table, View } from "./catalog.ts";
import { made } from "./made.ts";

/** A table this small is counted where the catalog has no estimate. */
const smallBytes = 4 * 1024 * 1024;

/** A transaction this old may hold up a conversion. */
const longSeconds = 5;

/** Reads what stands in the database; nothing of any row. @throws RowhouseError INVALID_INPUT where the role may not read a table */
export async function readCatalog(client: pg.ClientBase): Promise<Catalog> {
  const about = await client.query<{ database: string; serverVersion: number }>(
    `select current_database() as database, current_setting('server_version_num')::int as "serverVersion"`,
  );
  const { database = "", serverVersion = 0 } = about.rows[0] ?? {};
  const { rows } = await client.query<{ table: Table }>(tablesStatement);
  await assertReadable(client);
  const tables: Table[] = [];
  for (const { table } of rows) tables.push(await withRows(client, table));
  const views = await client.query<View>(viewsStatement);
  const slots = await client.query<Slot>(
    `select slot_name as name, slot_type = 'logical' as logical, active from pg_catalog.pg_replication_slots
     where database is null or database = current_database() order by slot_name`,
  );
  const transactions = await client.query<LongTransaction>(transactionsStatement, [longSeconds]);
  return {
    database,
    serverVersion,
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

const names = (relation: string, numbers: string): string => `
  (select coalesce(json_agg(a.attname order by o.position), '[]') from unnest(${numbers}) with ordinality as o (number, position)
   join pg_catalog.pg_attribute as a on a.attrelid = ${relation} and a.attnum = o.number)`;

const nameOf = (oid: string): string => `
  (select pg_catalog.format('%I.%I', pn.nspname, pc.relname) from pg_catalog.pg_class as pc
   join pg_catalog.pg_namespace as pn on pn.oid = pc.relnamespace where pc.oid = ${oid})`;

const columns = `
  (select coalesce(json_agg(json_build_object(
    'name', a.attname,
    'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
    'baseType', pg_catalog.format_type(b.type, null),
    'isDomain', t.typtype = 'd',
    'notNull', a.attnotnull or t.typnotnull,
    'generated', a.attgenerated <> '',
    'identity', a.attidentity,
    'expression', (select pg_catalog.pg_get_expr(x.adbin, x.adrelid) from pg_catalog.pg_attrdef as x
      where x.adrelid = a.attrelid and x.adnum = a.attnum),
    'labels', (select coalesce(json_agg(l.enumlabel order by l.enumsortorder), '[]') from pg_catalog.pg_enum as l
      where l.enumtypid = b.type)) order by a.attnum), '[]')
  from pg_catalog.pg_attribute as a
  join pg_catalog.pg_type as t on t.oid = a.atttypid
  join base as b on b.oid = a.atttypid
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)`;

const indexes = `
  (select coalesce(json_agg(json_build_object(
    'name', ic.relname,
    'columns', (select json_agg(a.attname order by o.position)
      from unnest(i.indkey::smallint[]) with ordinality as o (number, position)
      left join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = o.number
      where o.position <= i.indnkeyatts),
    'unique', i.indisunique,
    'primary', i.indisprimary,
    'valid', i.indisvalid,
    'predicate', pg_catalog.pg_get_expr(i.indpred, i.indrelid),
    'constraint', (select k.conname from pg_catalog.pg_constraint as k
      where k.conindid = i.indexrelid and k.conrelid = c.oid and k.contype in ('p', 'u', 'x') limit 1),
    'method', m.amname,
    'nullsNotDistinct', coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false),
    'definition', pg_catalog.pg_get_indexdef(i.indexrelid)) order by i.indisprimary desc, ic.relname), '[]')
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as ic on ic.oid = i.indexrelid
  join pg_catalog.pg_am as m on m.oid = ic.relam
  where i.indrelid = c.oid)`;

const foreignKeys = `
  (select coalesce(json_agg(json_build_object(
    'name', k.conname,
    'columns', ${names("k.conrelid", "k.conkey")},
    'parent', ${nameOf("k.confrelid")},
    'parentColumns', ${names("k.confrelid", "k.confkey")},
    'onDelete', k.confdeltype,
    'onUpdate', k.confupdtype,
    'deferrable', k.condeferrable,
    'initiallyDeferred', k.condeferred,
    'validated', k.convalidated) order by k.conname), '[]')
  -- What points to a partition is a copy of what points to the whole.
  from pg_catalog.pg_constraint as k where k.conrelid = c.oid and k.contype = 'f'
    and not exists (select from pg_catalog.pg_constraint as whole
      where whole.oid = k.conparentid and whole.conrelid = k.conrelid))`;

const checks = `
  (select coalesce(json_agg(json_build_object('name', k.conname, 'columns', ${names("k.conrelid", "k.conkey")},
    'condition', pg_catalog.pg_get_expr(k.conbin, k.conrelid)) order by k.conname), '[]')
  from pg_catalog.pg_constraint as k where k.conrelid = c.oid and k.contype = 'c')`;

const triggers = `
  (select coalesce(json_agg(json_build_object(
    'name', t.tgname,
    'function', pg_catalog.format('%I.%I', fn.nspname, f.proname),
    'enabled', t.tgenabled,
    'definition', pg_catalog.pg_get_triggerdef(t.oid)) order by t.tgname), '[]')
  from pg_catalog.pg_trigger as t
  join pg_catalog.pg_proc as f on f.oid = t.tgfoid
  join pg_catalog.pg_namespace as fn on fn.oid = f.pronamespace
  where t.tgrelid = c.oid and not t.tgisinternal and fn.nspname !~ '^rowhouse')`;

const policies = `
  (select coalesce(json_agg(json_build_object(
    'name', p.polname,
    'permissive', p.polpermissive,
    'command', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    'roles', (select coalesce(json_agg(case r.oid when 0 then 'public' else pg_catalog.pg_get_userbyid(r.oid) end), '[]')
      from unnest(p.polroles) as r (oid))) order by p.polname), '[]')
  from pg_catalog.pg_policy as p where p.polrelid = c.oid)`;

const publications = `
  (select coalesce(json_agg(p.pubname order by p.pubname), '[]') from pg_catalog.pg_publication as p
  where p.puballtables or exists (
    select from pg_catalog.pg_publication_tables as pt
    where pt.pubname = p.pubname and pt.schemaname = n.nspname and pt.tablename = c.relname))`;

/** Of a table and of all that is below it. */
const below = (what: string): string => `
  (select sum(${what}) from (
    select c.oid union all
    select t.relid from pg_catalog.pg_partition_tree(c.oid) as t where c.relkind = 'p' and t.isleaf) as part (oid)
    join pg_catalog.pg_class as pc on pc.oid = part.oid and pc.relkind <> 'p')`;

/** One row a table, as JSON in the form of `Table`. A whole comes before its partitions. */
const tablesStatement = `
  with recursive below_domain (oid, type) as (
    select t.oid, t.oid from pg_catalog.pg_type as t
    where t.oid in (select a.atttypid from pg_catalog.pg_attribute as a where a.attnum > 0)
    union all
    select d.oid, t.typbasetype from below_domain as d join pg_catalog.pg_type as t on t.oid = d.type where t.typtype = 'd'
  ),
  base as (
    select d.oid, d.type from below_domain as d join pg_catalog.pg_type as t on t.oid = d.type where t.typtype <> 'd'
  )
  select json_build_object(
    'oid', c.oid::text,
    'schema', n.nspname,
    'name', c.relname,
    'sql', pg_catalog.format('%I.%I', n.nspname, c.relname),
    'kind', case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' else 'foreign table' end,
    'owner', pg_catalog.pg_get_userbyid(c.relowner),
    'parents', (select coalesce(json_agg(${nameOf("i.inhparent")}), '[]') from pg_catalog.pg_inherits as i where i.inhrelid = c.oid),
    'isPartition', c.relispartition,
    'rowSecurity', c.relrowsecurity,
    'forceRowSecurity', c.relforcerowsecurity,
    'replicaIdentity', c.relreplident,
    'unlogged', c.relpersistence = 'u',
    'columns', ${columns},
    'key', coalesce((select ${names("c.oid", "k.conkey")} from pg_catalog.pg_constraint as k
      where k.conrelid = c.oid and k.contype = 'p'), '[]'),
    'indexes', ${indexes},
    'foreignKeys', ${foreignKeys},
    'checks', ${checks},
    'triggers', ${triggers},
    'rules', (select coalesce(json_agg(r.rulename order by r.rulename), '[]') from pg_catalog.pg_rewrite as r where r.ev_class = c.oid),
    'policies', ${policies},
    'publications', ${publications},
    'rows', coalesce(case when ${below("1")} = ${below("(pc.reltuples >= 0)::int")} then ${below("pc.reltuples")}::bigint
      else -1 end, 0),
    'bytes', coalesce(${below("pg_catalog.pg_total_relation_size(pc.oid)")}, 0)) as table
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f') and ${made}
  order by c.relispartition, n.nspname, c.relname`;

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
    pg_catalog.pg_get_userbyid(c.relowner) as owner,
    coalesce((select json_agg(distinct ${nameOf("s.relation")}) from shows as s
      join pg_catalog.pg_class as t on t.oid = s.relation and t.relkind in ('r', 'p', 'f') where s.view = c.oid), '[]') as shows
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('v', 'm') and ${made}
  order by 1`;

const transactionsStatement = `
  select a.pid, extract(epoch from clock_timestamp() - a.xact_start)::int as seconds, a.application_name as application,
    (select coalesce(json_agg(distinct ${nameOf("l.relation")}), '[]') from pg_catalog.pg_locks as l
      join pg_catalog.pg_class as t on t.oid = l.relation and t.relkind in ('r', 'p')
      join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace and tn.nspname <> 'pg_catalog'
      where l.pid = a.pid and l.locktype = 'relation' and l.granted) as tables
  from pg_catalog.pg_stat_activity as a
  where a.datname = current_database() and a.pid <> pg_backend_pid() and a.backend_type = 'client backend'
    and a.xact_start < clock_timestamp() - make_interval(secs => $1)
  order by a.pid`;
