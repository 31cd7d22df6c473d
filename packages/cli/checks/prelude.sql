-- What every check may read from. Parts that a check does not name cost nothing.
with recursive given as (
  select $1::text[] as app_roles, $2::text as tenant_column, $3::text::regclass as organizations, $4::text[] as settings
),
app_role as (
  select r.* from pg_catalog.pg_roles as r, given where r.rolname = any (given.app_roles)
),
-- Relations that a person made: not the system's, not an extension's.
relation as (
  select c.*, n.nspname, pg_catalog.format('%I.%I', n.nspname, c.relname) as name
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    and not exists (
      select from pg_catalog.pg_depend as d
      where d.refclassid = 'pg_catalog.pg_extension'::regclass and d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
        and d.deptype = 'e')
),
-- Tables with the tenant column. `predicate` is what a policy on it should say.
tenant_table as (
  select r.*, a.attnum as tenant_number, a.attname as tenant_column, a.attnotnull as tenant_not_null, a.atttypid as tenant_type,
    pg_catalog.format('%I = (select nullif(current_setting(%L, true), '''')::%s)',
      a.attname, given.settings[1], pg_catalog.format_type(a.atttypid, null)) as predicate
  from relation as r
  join given on r.oid <> given.organizations
  join pg_catalog.pg_attribute as a
    on a.attrelid = r.oid and a.attname = given.tenant_column and a.attnum > 0 and not a.attisdropped
  where r.relkind in ('r', 'p')
),
-- Policies on any table. `applies`: to a role that serves tenants.
policy as (
  select p.*, r.name as table_name, r.relrowsecurity,
    pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using_expression,
    pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check_expression,
    exists (
      select from app_role as a
      where 0 = any (p.polroles)
        or exists (
          select from pg_catalog.unnest(p.polroles) as granted (oid)
          where granted.oid <> 0 and pg_catalog.pg_has_role(a.oid, granted.oid, 'USAGE'))) as applies
  from pg_catalog.pg_policy as p
  join relation as r on r.oid = p.polrelid
),
-- Which roles read past row security on which tenant tables.
bypass as (
  select g.oid as role, t.oid as tenant_table
  from pg_catalog.pg_roles as g
  join tenant_table as t
    on g.rolsuper or g.rolbypassrls or not t.relrowsecurity
      or not t.relforcerowsecurity and pg_catalog.pg_has_role(g.oid, t.relowner, 'USAGE')
),
-- What roles that serve tenants may do with a relation as a whole or by one of its columns. Superusers are RH0101's.
reach as (
  select a.oid as role, a.rolname, r.oid as relation,
    pg_catalog.has_any_column_privilege(a.oid, r.oid, 'SELECT') as reads,
    pg_catalog.has_any_column_privilege(a.oid, r.oid, 'INSERT, UPDATE')
      or pg_catalog.has_table_privilege(a.oid, r.oid, 'DELETE') as writes
  from app_role as a
  join relation as r on pg_catalog.has_schema_privilege(a.oid, r.relnamespace, 'USAGE')
  where not a.rolsuper and r.relkind in ('r', 'p', 'v', 'm', 'f')
),
-- One row for each relation that such a role may read or write, with words for a finding.
reached as (
  select relation, pg_catalog.string_agg(pg_catalog.format('%I', rolname), ', ' order by rolname) as roles,
    case when bool_or(reads) and bool_or(writes) then 'read and write' when bool_or(reads) then 'read' else 'write' end as may
  from reach
  where reads or writes
  group by relation
),
-- Whose grants such a role uses, on a whole relation (column 0) or one column. `grantee` is SQL. What a role may do as the owner,
-- or by a predefined role, nobody granted.
granted as (
  select distinct r.oid as relation, g.number as column_number, x.privilege_type as privilege,
    case when x.grantee = 0 then 'public' else pg_catalog.format('%I', pg_catalog.pg_get_userbyid(x.grantee)) end as grantee
  from relation as r
  cross join lateral (
    select r.relacl as acl, 0 as number where r.relacl is not null
    union all
    select c.attacl, c.attnum from pg_catalog.pg_attribute as c
    where c.attrelid = r.oid and c.attacl is not null and not c.attisdropped) as g
  cross join lateral pg_catalog.aclexplode(g.acl) as x
  join app_role as a on x.grantee = 0 or x.grantee <> r.relowner and pg_catalog.pg_has_role(a.oid, x.grantee, 'USAGE')
),
-- Partitions and children, however deep, of tables with row security. Who reads through `ancestor` sees what its policies show.
sheltered as (
  select i.inhrelid as oid, i.inhparent as ancestor
  from pg_catalog.pg_inherits as i
  join relation as r on r.oid = i.inhparent and r.relrowsecurity
  union
  select i.inhrelid, s.ancestor
  from sheltered as s
  join pg_catalog.pg_inherits as i on i.inhparent = s.oid
),
-- The key of the tenants' own table, where it is one column. `predicate` is what a policy on that table should say.
organization_key as (
  select r.oid, r.name, a.attname as key, a.atttypid as key_type,
    pg_catalog.format('%I = (select nullif(current_setting(%L, true), '''')::%s)',
      a.attname, given.settings[1], pg_catalog.format_type(a.atttypid, null)) as predicate
  from given
  join relation as r on r.oid = given.organizations
  join pg_catalog.pg_constraint as k on k.conrelid = r.oid and k.contype = 'p' and pg_catalog.cardinality(k.conkey) = 1
  join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum = k.conkey[1]
),
-- Foreign keys of tables without the tenant column that make a row part of what it points to. A row that outlives that is no part of
-- it; nor is one that need not point anywhere, where tenants' rows point to its table in turn: a user and the last project he saw.
part_of as (
  select k.conrelid, k.confrelid, k.conkey
  from pg_catalog.pg_constraint as k
  join relation as r on r.oid = k.conrelid
  join given on r.oid <> given.organizations
  where k.contype = 'f' and k.conparentid = 0 and k.confdeltype not in ('n', 'd')
    and not exists (select from tenant_table as t where t.oid = k.conrelid)
    and (k.confdeltype = 'c'
      or not exists (
        select from pg_catalog.pg_attribute as a
        where a.attrelid = k.conrelid and a.attnum = any (k.conkey) and not a.attnotnull)
      or not exists (
        select from pg_catalog.pg_constraint as o
        join tenant_table as t on t.oid = o.conrelid
        where o.contype = 'f' and o.confrelid = k.conrelid))
),
-- Tables without the tenant column whose rows are part of a tenant's, over however many such keys.
belonging as (
  select k.conrelid as oid, k.confrelid as parent, k.conkey
  from part_of as k
  where k.confrelid = (select given.organizations from given) or exists (select from tenant_table as t where t.oid = k.confrelid)
  union
  select k.conrelid, k.confrelid, k.conkey
  from belonging as b
  join part_of as k on k.confrelid = b.oid
),
finding (level, object, about, detail, fix) as (
