import type pg from "pg";
import type { Table } from "./catalog.ts";
import { made } from "./made.ts";

/** Every table that a person made. `rows` is -1 where the catalog has no estimate. */
export async function readTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ table: Table }>(tablesStatement);
  return rows.map(({ table }) => table);
}

const names = (relation: string, numbers: string): string => `
  (select coalesce(json_agg(a.attname order by o.position), '[]') from unnest(${numbers}) with ordinality as o (number, position)
   join pg_catalog.pg_attribute as a on a.attrelid = ${relation} and a.attnum = o.number)`;

/** `schema.table` of an oid, quoted where SQL needs it. */
export const nameOf = (oid: string): string => `
  (select pg_catalog.format('%I.%I', pn.nspname, pc.relname) from pg_catalog.pg_class as pc
   join pg_catalog.pg_namespace as pn on pn.oid = pc.relnamespace where pc.oid = ${oid})`;

/** Of the constraint `k`. */
const deferral =
  "case when k.condeferred then 'deferrable initially deferred' when k.condeferrable then 'deferrable' else '' end";

const columns = `
  (select coalesce(json_agg(json_build_object(
    'name', a.attname,
    'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
    'baseType', pg_catalog.format_type(b.type, null),
    'isDomain', t.typtype = 'd',
    'notNull', a.attnotnull or t.typnotnull,
    'generated', a.attgenerated <> '',
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
    'keys', (select json_agg(pg_catalog.pg_get_indexdef(i.indexrelid, place::int, true) order by place)
      from generate_series(1, i.indnkeyatts) as place),
    'unique', i.indisunique,
    'primary', i.indisprimary,
    'valid', i.indisvalid,
    'predicate', pg_catalog.pg_get_expr(i.indpred, i.indrelid),
    'constraint', k.conname,
    'nullsNotDistinct', coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false),
    'deferral', ${deferral}) order by i.indisprimary desc, ic.relname), '[]')
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as ic on ic.oid = i.indexrelid
  left join pg_catalog.pg_constraint as k on k.conindid = i.indexrelid and k.conrelid = c.oid and k.contype in ('p', 'u', 'x')
  where i.indrelid = c.oid)`;

const foreignKeys = `
  (select coalesce(json_agg(json_build_object(
    'name', k.conname,
    'columns', ${names("k.conrelid", "k.conkey")},
    'parent', ${nameOf("k.confrelid")},
    'parentColumns', ${names("k.confrelid", "k.confkey")},
    'onDelete', k.confdeltype,
    'onUpdate', k.confupdtype,
    'deferral', ${deferral},
    'validated', k.convalidated) order by k.conname), '[]')
  -- What points to a partition is a copy of what points to the whole.
  from pg_catalog.pg_constraint as k where k.conrelid = c.oid and k.contype = 'f'
    and not exists (select from pg_catalog.pg_constraint as whole
      where whole.oid = k.conparentid and whole.conrelid = k.conrelid))`;

const checks = `
  (select coalesce(json_agg(json_build_object('name', k.conname, 'columns', ${names("k.conrelid", "k.conkey")},
    'condition', pg_catalog.pg_get_expr(k.conbin, k.conrelid)) order by k.conname), '[]')
  from pg_catalog.pg_constraint as k where k.conrelid = c.oid and k.contype = 'c')`;

const publications = `
  (select coalesce(json_agg(p.pubname order by p.pubname), '[]') from pg_catalog.pg_publication as p
  where p.puballtables or exists (
    select from pg_catalog.pg_publication_tables as pt
    where pt.pubname = p.pubname and pt.schemaname = n.nspname and pt.tablename = c.relname))`;

/** A part is published with its whole. */
const unidentifiedIn = `
  (select coalesce(json_agg(p.pubname order by p.pubname), '[]') from pg_catalog.pg_publication as p
  where p.pubupdate and c.relkind = 'r' and c.relpersistence = 'p'
    and (c.relreplident = 'n' or c.relreplident = 'd' and not exists (
      select from pg_catalog.pg_index as i where i.indrelid = c.oid and i.indisprimary))
    and (p.puballtables or exists (
      select from pg_catalog.pg_publication_tables as pt
      where pt.pubname = p.pubname and pg_catalog.to_regclass(pg_catalog.format('%I.%I', pt.schemaname, pt.tablename)) in (
        select c.oid union all select a.relid from pg_catalog.pg_partition_ancestors(c.oid) as a))))`;

const triggers = `
  (select coalesce(json_agg(t.tgname order by t.tgname), '[]') from pg_catalog.pg_trigger as t
  join pg_catalog.pg_proc as f on f.oid = t.tgfoid
  join pg_catalog.pg_namespace as fn on fn.oid = f.pronamespace
  where t.tgrelid = c.oid and not t.tgisinternal and fn.nspname !~ '^rowhouse')`;

const sequences = `
  (select coalesce(json_agg(distinct ${nameOf("d.objid")}), '[]') from pg_catalog.pg_depend as d
  join pg_catalog.pg_class as s on s.oid = d.objid and s.relkind = 'S'
  where d.refobjid = c.oid and d.classid = 'pg_catalog.pg_class'::regclass and d.deptype = 'a')`;

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
    'schema', n.nspname,
    'name', c.relname,
    'sql', pg_catalog.format('%I.%I', n.nspname, c.relname),
    'kind', case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' else 'foreign table' end,
    'owner', pg_catalog.pg_get_userbyid(c.relowner),
    'parents', (select coalesce(json_agg(${nameOf("i.inhparent")}), '[]') from pg_catalog.pg_inherits as i where i.inhrelid = c.oid),
    'isPartition', c.relispartition,
    'rowSecurity', c.relrowsecurity,
    'columns', ${columns},
    'key', coalesce((select ${names("c.oid", "k.conkey")} from pg_catalog.pg_constraint as k
      where k.conrelid = c.oid and k.contype = 'p'), '[]'),
    'indexes', ${indexes},
    'foreignKeys', ${foreignKeys},
    'checks', ${checks},
    'triggers', ${triggers},
    'rules', (select coalesce(json_agg(r.rulename order by r.rulename), '[]') from pg_catalog.pg_rewrite as r where r.ev_class = c.oid),
    'policies', (select coalesce(json_agg(p.polname order by p.polname), '[]') from pg_catalog.pg_policy as p where p.polrelid = c.oid),
    'publications', ${publications},
    'unidentifiedIn', ${unidentifiedIn},
    'publicRights', (select coalesce(json_agg(distinct a.privilege_type), '[]') from aclexplode(c.relacl) as a where a.grantee = 0),
    'sequences', ${sequences},
    'rows', coalesce(case when ${below("1")} = ${below("(pc.reltuples >= 0)::int")} then ${below("pc.reltuples")}::bigint
      else -1 end, 0),
    'bytes', coalesce(${below("pg_catalog.pg_total_relation_size(pc.oid)")}, 0)) as table
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f') and ${made}
  order by c.relispartition, n.nspname, c.relname`;
