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
      where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
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
finding (level, object, about, detail, fix) as (
