import type pg from "pg";
import type { Schema, SchemaTable } from "../phases/schema.ts";

/** Reads what a conversion is planned from: every table of a person, none of the system's and none of ours. */
export async function readSchema(client: pg.ClientBase): Promise<Schema> {
  const about = await client.query<Omit<Schema, "tables">>(aboutQuery);
  const { rows } = await client.query<{ table: SchemaTable }>(tablesQuery);
  const [first] = about.rows;
  if (first === undefined) throw new TypeError("A query without FROM gives one row.");
  return { ...first, tables: rows.map(({ table }) => table) };
}

const aboutQuery = `
  select current_database() as database,
    current_setting('server_version_num')::integer as "serverVersion",
    to_regnamespace('rowhouse') is not null as "hasControlPlane",
    to_regnamespace('graphile_worker') is not null as "hasJobQueue",
    exists (select from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
      where n.nspname = 'public' and a.grantee = 0 and a.privilege_type = 'CREATE') as "publicMayCreate",
    exists (select from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
      where d.datname = current_database() and a.grantee = 0 and a.privilege_type = 'TEMPORARY') as "publicMayMakeTemporary",
    array(select rolname::text from pg_roles where rolsuper or rolbypassrls order by 1) as "unboundRoles"`;

function deferralOf(constraint: string): string {
  return `case when ${constraint}.condeferred then 'deferrable initially deferred' when ${constraint}.condeferrable then 'deferrable' else '' end`;
}

const unidentifiedIn = `array(select p.pubname from pg_publication p
    where p.pubupdate and c.relpersistence = 'p' and c.relkind = 'r'
      and (c.relreplident = 'n' or c.relreplident = 'd' and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary))
      and (p.puballtables or exists (select from pg_publication_namespace s where s.pnpubid = p.oid and s.pnnspid = c.relnamespace)
        or exists (select from pg_publication_rel r where r.prpubid = p.oid
          and (r.prrelid = c.oid or r.prrelid in (select relid from pg_partition_ancestors(c.oid)))))
    order by 1)`;

/** Objects that belong to an extension are left out: nobody converts them. */
const tablesQuery = `
  select json_build_object(
    'table', format('%I.%I', n.nspname, c.relname), 'schema', n.nspname, 'name', c.relname,
    'owner', pg_get_userbyid(c.relowner), 'kind', c.relkind,
    'partitionOf', case when c.relispartition then (
      select format('%I.%I', pn.nspname, pc.relname) from pg_inherits i join pg_class pc on pc.oid = i.inhparent
      join pg_namespace pn on pn.oid = pc.relnamespace where i.inhrelid = c.oid) end,
    'inherits', exists (select from pg_inherits i join pg_class ic on ic.oid = i.inhrelid
      where not ic.relispartition and c.oid in (i.inhrelid, i.inhparent)),
    'rows', greatest(c.reltuples, 0)::bigint,
    'rowSecurity', c.relrowsecurity,
    'policies', array(select polname from pg_policy where polrelid = c.oid order by 1),
    'columns', (select coalesce(json_agg(json_build_object('name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull, 'generated', a.attgenerated <> '')
        order by a.attnum), '[]')
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    'indexes', (select coalesce(json_agg(json_build_object('name', ic.relname,
        'columns', array(select a.attname from unnest(i.indkey[0:i.indnkeyatts - 1]) with ordinality k (num, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num order by k.place),
        'keys', array(select pg_get_indexdef(i.indexrelid, place::integer, true) from generate_series(1, i.indnkeyatts) place order by place),
        'unique', i.indisunique, 'primary', i.indisprimary,
        'constraint', (select conname from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u', 'x') limit 1),
        'predicate', pg_get_expr(i.indpred, i.indrelid),
        'nullsNotDistinct', i.indnullsnotdistinct,
        'deferral', coalesce((select ${deferralOf("u")} from pg_constraint u where u.conindid = i.indexrelid and u.contype in ('p', 'u') limit 1), '')) order by ic.relname), '[]')
      from pg_index i join pg_class ic on ic.oid = i.indexrelid where i.indrelid = c.oid),
    'foreignKeys', (select coalesce(json_agg(json_build_object('name', f.conname,
        'columns', array(select a.attname from unnest(f.conkey) with ordinality k (num, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num order by k.place),
        'parent', (select format('%I.%I', pn.nspname, pc.relname) from pg_class pc
          join pg_namespace pn on pn.oid = pc.relnamespace where pc.oid = f.confrelid),
        'parentColumns', array(select a.attname from unnest(f.confkey) with ordinality k (num, place)
          join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.num order by k.place),
        'onDelete', f.confdeltype, 'onUpdate', f.confupdtype, 'valid', f.convalidated,
        'deferral', ${deferralOf("f")}) order by f.conname), '[]')
      from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'),
    'triggers', array(select tgname from pg_trigger where tgrelid = c.oid and not tgisinternal and tgenabled <> 'D' order by 1),
    'publicRights', array(select distinct a.privilege_type from aclexplode(c.relacl) a where a.grantee = 0 order by 1),
    'unidentifiedIn', ${unidentifiedIn},
    'sequences', array(select distinct format('%I.%I', sn.nspname, s.relname) from pg_depend d
      join pg_class s on s.oid = d.objid and s.relkind = 'S' join pg_namespace sn on sn.oid = s.relnamespace
      where d.refobjid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'a' order by 1)) as table
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and c.relpersistence <> 't'
    and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'rowhouse', 'rowhouse_convert', 'graphile_worker')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by n.nspname, c.relname`;
