-- What every check may read from. Parts that a check does not name cost nothing.
with recursive given as (
  select $1::text[] as app_roles, $2::text as tenant_column, $3::text::regclass as organizations, $4::text[] as settings
),
app_role as (
  select r.* from pg_catalog.pg_roles as r, given where r.rolname = any (given.app_roles)
),
-- Who was put into which role.
membership as (
  select m.member, m.roleid,
    pg_catalog.bool_or(m.admin_option) as administered,
    -- Postgres 15 has no memberships without SET ROLE.
    pg_catalog.bool_or(coalesce((pg_catalog.to_jsonb(m) ->> 'set_option')::boolean, true)) as settable,
    pg_catalog.string_agg(
      pg_catalog.format('revoke %I from %I', g.rolname, r.rolname)
        || case when m.grantor <> 10 and pg_catalog.to_jsonb(m) ? 'set_option'
          then pg_catalog.format(' granted by %I', pg_catalog.pg_get_userbyid(m.grantor)) else '' end,
      e';\n' order by m.grantor) as revoke
  from pg_catalog.pg_auth_members as m
  join pg_catalog.pg_roles as r on r.oid = m.member
  join pg_catalog.pg_roles as g on g.oid = m.roleid
  group by m.member, m.roleid
),
-- The roles that a connection which serves tenants may begin with: a role that serves, or what becomes one by SET ROLE.
entrance as (
  select a.oid as role, a.oid as app from app_role as a
  union
  select m.member, e.app from entrance as e join membership as m on m.roleid = e.role and m.settable
),
-- Itself, and what SET ROLE makes of it. A member that may administer a role can give itself whatever it lacks of it.
becomes as (
  select e.role, e.role as target from entrance as e
  union
  select b.role, m.roleid from becomes as b join membership as m on m.member = b.target and (m.settable or m.administered)
),
-- Whose rights it has or can take, and the memberships that lead there. Superusers have them all: RH0101.
power as (
  select b.role, t.oid as target, pg_catalog.bool_or(t.oid = b.target) as becomes,
    (select pg_catalog.string_agg(m.revoke, e';\n' order by m.roleid)
      from membership as m where m.member = b.role and pg_catalog.pg_has_role(m.roleid, t.oid, 'MEMBER')) as revoke
  from becomes as b
  join pg_catalog.pg_roles as s on s.oid = b.target and not s.rolsuper
  join pg_catalog.pg_roles as t on not t.rolsuper and pg_catalog.pg_has_role(s.oid, t.oid, 'USAGE')
  where not exists (select from pg_catalog.pg_roles as e where e.oid = b.role and e.rolsuper)
  group by b.role, t.oid
),
-- Settings that a role or this database brings to a session here. `serving`: to one that serves tenants.
setting as (
  select pg_catalog.lower(pg_catalog.split_part(x.entry, '=', 1)) as name,
    pg_catalog.substr(x.entry, pg_catalog.strpos(x.entry, '=') + 1) as value,
    case when s.setrole <> 0 then pg_catalog.quote_ident(r.rolname) when s.setdatabase <> 0 then 'database' else 'server' end as object,
    case when s.setrole <> 0 and s.setdatabase <> 0 then ' in this database' else '' end as narrowed,
    s.setrole = 0 or s.setrole in (select e.role from entrance as e) as serving,
    case when s.setrole <> 0 then pg_catalog.format('alter role %I', r.rolname) when s.setdatabase = 0 then 'alter role all' else '' end
      || case when s.setdatabase = 0 then ''
        when s.setrole = 0 then pg_catalog.format('alter database %I', d.datname)
        else pg_catalog.format(' in database %I', d.datname) end
      || pg_catalog.format(' reset %I', pg_catalog.split_part(x.entry, '=', 1)) as reset
  from pg_catalog.pg_db_role_setting as s
  join pg_catalog.pg_database as d on d.datname = pg_catalog.current_database() and s.setdatabase in (0, d.oid)
  left join pg_catalog.pg_roles as r on r.oid = s.setrole,
    pg_catalog.unnest(s.setconfig) as x (entry)
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
