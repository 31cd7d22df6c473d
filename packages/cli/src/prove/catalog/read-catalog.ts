import type pg from "pg";
import type { Subject } from "../../doctor/subject.ts";
import { findTenantTables, type Catalog, type Relation } from "./catalog.ts";
import { readDefinerFunctions } from "./read-definer-functions.ts";
import { readSideDoors } from "./read-side-doors.ts";

/** Reads all that a person made and that may hold or show rows. */
export async function readCatalog(client: pg.ClientBase, subject: Subject): Promise<Catalog> {
  const { rows } = await client.query<{ relation: Relation; isOrganizations: boolean }>(statement, [
    subject.tenantColumn,
    subject.organizationsTable,
  ]);
  const relations = rows.map(({ relation }) => relation);
  const organizations = rows.find(({ isOrganizations }) => isOrganizations)?.relation;
  if (organizations === undefined) throw new TypeError("The organizations table is none that a person made.");
  return {
    relations,
    organizations,
    tenantTables: findTenantTables(relations, organizations),
    byOid: new Map(relations.map((relation) => [relation.oid, relation])),
    definerFunctions: await readDefinerFunctions(client, subject),
    ...(await readSideDoors(client)),
  };
}

/** One row a relation, as JSON in the form of `Relation`. Partitions come after what they are partitions of. */
const statement = `
  with recursive
  base (oid, type, modifier, checks) as (
    select t.oid, t.oid, -1, array[]::text[] collate "C" from pg_catalog.pg_type as t
    where t.oid in (select atttypid from pg_catalog.pg_attribute where attnum > 0)
      or t.oid in (select e.typelem from pg_catalog.pg_type as e where e.typelem <> 0)
    union all
    select b.oid, t.typbasetype, case when t.typtypmod >= 0 then t.typtypmod else b.modifier end, b.checks || (
      select coalesce(array_agg(pg_catalog.pg_get_expr(k.conbin, 0) collate "C" order by k.conname), '{}')
      from pg_catalog.pg_constraint as k where k.contypid = t.oid and k.contype = 'c')
    from base as b join pg_catalog.pg_type as t on t.oid = b.type where t.typtype = 'd'
  ),
  plain as (
    select distinct on (b.oid) b.oid, b.type, b.modifier, b.checks
    from base as b join pg_catalog.pg_type as t on t.oid = b.type where t.typtype <> 'd'
    order by b.oid
  ),
  relation as (
    select c.*, n.nspname from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't'
      and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
      and not exists (
        select from pg_catalog.pg_depend as d
        where d.refclassid = 'pg_catalog.pg_extension'::regclass and d.classid = 'pg_catalog.pg_class'::regclass
          and d.objid = c.oid and d.deptype = 'e')
  )
  select c.oid = $2::regclass as "isOrganizations", pg_catalog.json_build_object(
    'oid', c.oid::text,
    'schema', c.nspname,
    'name', c.relname,
    'sql', pg_catalog.format('%I.%I', c.nspname, c.relname),
    'kind', case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
      when 'm' then 'materialized view' else 'foreign table' end,
    'owner', pg_catalog.pg_get_userbyid(c.relowner),
    'parents', (select coalesce(json_agg(i.inhparent::text), '[]') from pg_catalog.pg_inherits as i where i.inhrelid = c.oid),
    'isPartition', c.relispartition,
    'shows', (
      select coalesce(json_agg(distinct d.refobjid::text), '[]') from pg_catalog.pg_rewrite as r
      join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
        and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> c.oid
      where r.ev_class = c.oid and c.relkind in ('v', 'm')),
    'callsFunctions', exists (
      select from pg_catalog.pg_rewrite as r
      join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
        and d.refclassid = 'pg_catalog.pg_proc'::regclass
      join pg_catalog.pg_proc as f on f.oid = d.refobjid and f.pronamespace <> 'pg_catalog'::regnamespace
      where r.ev_class = c.oid and c.relkind in ('v', 'm')),
    'rowSecurity', c.relrowsecurity,
    'tenantColumn', case when c.oid = $2::regclass then
        coalesce(
          (select a.attname from pg_catalog.pg_constraint as k
            join pg_catalog.pg_attribute as own on own.attrelid = k.conrelid and own.attname = $1 and k.conkey = array[own.attnum]
            join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = k.confkey[1]
            where k.confrelid = c.oid and k.contype = 'f' limit 1),
          (select a.attname from pg_catalog.pg_index as i
            join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = i.indkey[0]
            where i.indrelid = c.oid and i.indisprimary))
      else (select a.attname from pg_catalog.pg_attribute as a
        where a.attrelid = c.oid and a.attname = $1 and a.attnum > 0 and not a.attisdropped) end,
    'columns', (
      select coalesce(json_agg(json_build_object(
        'name', a.attname,
        'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
        'baseType', pg_catalog.format_type(p.type, null),
        'plainType', pg_catalog.format_type(p.type,
          case when a.atttypid = p.type then a.atttypmod else p.modifier end),
        'category', t.typcategory,
        'elementType', (select pg_catalog.format_type(e.type, null) from plain as e where e.oid = t.typelem and t.typcategory = 'A'),
        'elementCategory', (select k.typcategory from plain as e join pg_catalog.pg_type as k on k.oid = e.type
          where e.oid = t.typelem and t.typcategory = 'A'),
        'notNull', a.attnotnull or exists (select from pg_catalog.pg_type as d where d.oid = a.atttypid and d.typnotnull),
        'generated', a.attidentity = 'a' or a.attgenerated <> '',
        'hasDefault', a.atthasdef or a.attidentity <> '',
        'expression', (select pg_catalog.pg_get_expr(x.adbin, x.adrelid) from pg_catalog.pg_attrdef as x
          where x.adrelid = a.attrelid and x.adnum = a.attnum),
        'labels', (select coalesce(json_agg(l.enumlabel order by l.enumsortorder), '[]') from pg_catalog.pg_enum as l
          where l.enumtypid in (t.oid, (select e.type from plain as e where e.oid = t.typelem))),
        'domainChecks', p.checks) order by a.attnum), '[]')
      from pg_catalog.pg_attribute as a
      join plain as p on p.oid = a.atttypid
      join pg_catalog.pg_type as t on t.oid = p.type
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    'uniqueKeys', (
      select coalesce(json_agg(json_build_object(
        'name', i.indexrelid::regclass::text,
        'primary', i.indisprimary,
        'columns', (select coalesce(json_agg(a.attname order by k.position), '[]')
          from unnest(i.indkey::smallint[]) with ordinality as k (number, position)
          join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = k.number
          where k.position <= i.indnkeyatts),
        'partial', i.indpred is not null or i.indexprs is not null)
        order by i.indisprimary desc, i.indexrelid), '[]')
      from pg_catalog.pg_index as i where i.indrelid = c.oid and i.indisunique and i.indisvalid),
    'foreignKeys', (
      select coalesce(json_agg(json_build_object(
        'name', k.conname,
        'target', k.confrelid::text,
        'onDelete', k.confdeltype,
        'columns', (select json_agg(a.attname order by o.position) from unnest(k.conkey) with ordinality as o (number, position)
          join pg_catalog.pg_attribute as a on a.attrelid = k.conrelid and a.attnum = o.number),
        'targetColumns', (select json_agg(a.attname order by o.position) from unnest(k.confkey) with ordinality as o (number, position)
          join pg_catalog.pg_attribute as a on a.attrelid = k.confrelid and a.attnum = o.number))
        order by k.oid), '[]')
      -- What points to a partition is a copy of what points to the whole.
      from pg_catalog.pg_constraint as k where k.conrelid = c.oid and k.contype = 'f'
        and not exists (select from pg_catalog.pg_constraint as whole
          where whole.oid = k.conparentid and whole.conrelid = k.conrelid)),
    'checks', (
      select coalesce(json_agg(json_build_object('name', x.name, 'condition', x.condition, 'columns', x.columns) order by x.name), '[]')
      from (
        select k.conname::text as name, pg_catalog.pg_get_expr(k.conbin, k.conrelid) as condition,
          (select coalesce(json_agg(a.attname), '[]') from pg_catalog.pg_attribute as a
            where a.attrelid = c.oid and a.attnum = any (k.conkey)) as columns
        from pg_catalog.pg_constraint as k where k.conrelid = c.oid and k.contype = 'c'
        union all
        select 'the bounds of the partition', pg_catalog.pg_get_partition_constraintdef(c.oid),
          (select coalesce(json_agg(distinct a.attname), '[]') from pg_catalog.pg_partition_ancestors(c.oid) as up (relid)
            join pg_catalog.pg_partitioned_table as p on p.partrelid = up.relid
            cross join unnest(p.partattrs::smallint[]) as k (number)
            join pg_catalog.pg_attribute as a on a.attrelid = p.partrelid and a.attnum = k.number)
        where c.relispartition and pg_catalog.pg_get_partition_constraintdef(c.oid) is not null
      ) as x),
    'writes', (
      -- The bits of CmdType.
      select coalesce(json_agg(w.verb), '[]') from (values (8, 'insert'), (4, 'update'), (16, 'delete')) as w (bit, verb)
      where c.relkind = 'v' and pg_catalog.pg_relation_is_updatable(c.oid, true) & w.bit <> 0)
  ) as relation
  from relation as c
  order by c.relispartition, c.nspname, c.relname`;
