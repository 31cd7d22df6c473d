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
    exists (
      select from app_role as a
      where 0 = any (p.polroles)
        or exists (
          select from pg_catalog.unnest(p.polroles) as granted (oid)
          where granted.oid <> 0 and pg_catalog.pg_has_role(a.oid, granted.oid, 'USAGE'))) as applies
  from pg_catalog.pg_policy as p
  join relation as r on r.oid = p.polrelid
),
-- Tenant tables in which no tenant makes a row of nobody: for everybody who inserts or updates, a policy that is a floor says what the
-- tenant column is equal to, and null is equal to nothing. `shared`: rows of nobody are meant to be everybody's to read.
strict_table as (
  select t.oid, exists (
      select from pg_catalog.pg_policy as p
      where p.polrelid = t.oid and p.polpermissive and p.polcmd = 'r'
        and pg_catalog.pg_get_expr(p.polqual, p.polrelid) = pg_catalog.format('(%I IS NULL)', t.tenant_column)) as shared
  from tenant_table as t
  where t.relrowsecurity and t.relforcerowsecurity and not exists (
    select from (values ('a'), ('w')) as wanted (command)
    where not exists (
      select from pg_catalog.pg_policy as p
      where p.polrelid = t.oid and not p.polpermissive and 0 = any (p.polroles) and p.polcmd in ('*', wanted.command)
        and pg_catalog.starts_with(
          pg_catalog.regexp_replace(pg_catalog.pg_get_expr(coalesce(p.polwithcheck, p.polqual), p.polrelid), '\s+', ' ', 'g'),
          pg_catalog.format('(%I = ( SELECT ', t.tenant_column))))
),
-- Which roles read past row security on which tenant tables. `lasting`: also once it is on where it is off now, so that what a fix of
-- RH0201 switches on leaves nothing new to find.
bypass as (
  select g.oid as role, t.oid as tenant_table, t.name as table_name, t.relrowsecurity,
    t.relrowsecurity or g.rolsuper or g.rolbypassrls as lasting
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
-- Tables that such a role may read or write and that no row security protects, its own or a parent's.
exposed as (
  select r.oid, r.name, c.roles, c.may
  from relation as r
  join reached as c on c.relation = r.oid
  where r.relkind in ('r', 'p') and not r.relrowsecurity
    and not exists (select from sheltered as s where s.oid = r.oid)
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
-- Functions and procedures that a person made. `resolved`: no caller can change what the names in its body mean. `given_path`: the
-- search_path that it sets.
routine as (
  select p.*, l.lanname, p.oid::pg_catalog.regprocedure::text as name,
    p.prosqlbody is not null or l.lanname in ('internal', 'c')
      or exists (
        select from pg_catalog.unnest(p.proconfig) as c (setting)
        where c.setting in ('search_path=', 'search_path=""')
          or c.setting ~ '^search_path=(.*,)?\s*("pg_temp"|pg_temp)\s*$') as resolved,
    (select pg_catalog.substr(c.setting, pg_catalog.length('search_path=') + 1)
      from pg_catalog.unnest(p.proconfig) as c (setting)
      where pg_catalog.starts_with(c.setting, 'search_path=')) as given_path
  from pg_catalog.pg_proc as p
  join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
  join pg_catalog.pg_language as l on l.oid = p.prolang
  where n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    and not exists (
      select from pg_catalog.pg_depend as d
      where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
),
-- Through whom the roles that serve tenants may execute a function; its owner needs no grant.
execution as (
  select p.oid,
    pg_catalog.string_agg(distinct case when g.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) end, ', ') as grantees
  from pg_catalog.pg_proc as p
  cross join lateral pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) as g
  where g.privilege_type = 'EXECUTE' and g.grantee <> p.proowner
    and exists (
      select from app_role as a
      where not a.rolsuper and pg_catalog.has_schema_privilege(a.oid, p.pronamespace, 'USAGE')
        and (g.grantee = 0 or pg_catalog.pg_has_role(a.oid, g.grantee, 'USAGE')))
  group by p.oid
),
-- The level of what takes a temporary table to be used: the page's own where a role that serves tenants may make one.
hijack as (
  select case when exists (
    select from app_role as a
    join pg_catalog.pg_database as d on d.datname = pg_catalog.current_database()
    where pg_catalog.has_database_privilege(a.oid, d.oid, 'TEMPORARY')) then null else 'warn' end as level
),
-- Functions that policies call which apply to a role that serves tenants.
policy_function as (
  select d.refobjid as oid, pg_catalog.count(*) as policies,
    pg_catalog.min(pg_catalog.format('%I on %s', p.polname, p.table_name)) as policy
  from policy as p
  join pg_catalog.pg_depend as d
    on d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_catalog.pg_proc'::regclass
  where p.applies
  group by d.refobjid
),
-- Foreign keys of tenant tables, a partition's with its parent's. `carries`: what a row points to belongs to the row's own tenant.
reference as (
  select k.*, t.name as table_name, t.relkind, t.tenant_column, t.tenant_number, t.tenant_not_null, t.tenant_type,
    k.confrelid::regclass::text as parent_name, p.attnum is not null as to_tenant_table,
    p.attname as parent_tenant_column, p.attnum as parent_tenant_number, p.atttypid as parent_tenant_type,
    o.relkind as parent_kind, o.relname as parent_relname, u.columns, u.parent_columns, coalesce(u.carries, false) as carries,
    -- A trigger of Rowhouse's keeps it to rows of the row's own tenant and of nobody, whatever is written.
    exists (
      select from pg_catalog.pg_trigger as h
      where h.tgrelid = k.conrelid and h.tgfoid = pg_catalog.to_regprocedure('rowhouse.hold_reference()')
        and h.tgtype = 21 and h.tgqual is null and h.tgattr::text = '' and h.tgenabled in ('O', 'A')
        and h.tgargs = pg_catalog.convert_to(k.conname::text, pg_catalog.getdatabaseencoding()) || '\x00'::bytea
          || pg_catalog.convert_to(t.tenant_column::text, pg_catalog.getdatabaseencoding()) || '\x00'::bytea) as held,
    -- null where it cannot be said again without clearing the tenant column.
    case k.confupdtype when 'a' then '' when 'r' then ' on update restrict' when 'c' then ' on update cascade' end
      || case k.confdeltype
        when 'a' then '' when 'r' then ' on delete restrict' when 'c' then ' on delete cascade'
        when 'n' then ' on delete set null (' || u.cleared || ')' else ' on delete set default (' || u.cleared || ')' end
      || case when k.condeferrable then ' deferrable' else '' end
      || case when k.condeferred then ' initially deferred' else '' end as behaviour
  from pg_catalog.pg_constraint as k
  join tenant_table as t on t.oid = k.conrelid
  join pg_catalog.pg_class as o on o.oid = k.confrelid
  cross join given
  left join pg_catalog.pg_attribute as p
    on p.attrelid = k.confrelid and p.attname = given.tenant_column and not p.attisdropped and k.confrelid <> given.organizations
  cross join lateral (
    select pg_catalog.array_agg(pg_catalog.quote_ident(a.attname) order by c.place) as columns,
      pg_catalog.array_agg(pg_catalog.quote_ident(b.attname) order by c.place) as parent_columns,
      pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by c.place)
        filter (where c.number <> t.tenant_number and c.number = any (coalesce(k.confdelsetcols, k.conkey))) as cleared,
      pg_catalog.bool_or(c.number = t.tenant_number and c.parent_number = p.attnum) as carries
    -- Side by side only under its bare name.
    from unnest(k.conkey, k.confkey) with ordinality as c (number, parent_number, place)
    join pg_catalog.pg_attribute as a on a.attrelid = k.conrelid and a.attnum = c.number
    join pg_catalog.pg_attribute as b on b.attrelid = k.confrelid and b.attnum = c.parent_number) as u
  where k.contype = 'f' and k.conparentid = 0
)
