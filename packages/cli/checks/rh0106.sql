with path (value) as (
  select s.value from setting as s where s.name = 'search_path'
  union
  select substr(x.entry, length('search_path=') + 1) from pg_proc as p, unnest(p.proconfig) as x (entry) where x.entry like 'search_path=%'
  union
  select s.reset_val from pg_settings as s where s.name = 'search_path'
),
looked_up as (
  select distinct coalesce(replace(part[1], '""', '"'), lower(part[2])) as name
  from path, regexp_matches(path.value, '"((?:[^"]|"")+)"|([^",\s]+)', 'g') as part
)
select null::text,
  quote_ident(n.nspname),
  a.rolname::text,
  case when owned.it then format('%I owns the schema, in which unqualified names are looked up.', a.rolname)
    else format('%I may create objects in the schema, in which unqualified names are looked up.', a.rolname) end,
  case when not owned.it then granted.revoke end
from looked_up as l
join pg_namespace as n on n.nspname = l.name and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
join app_role as a on not a.rolsuper
cross join lateral (
  select string_agg(format('revoke create on schema %I from %s', n.nspname,
    case when g.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end), e';\n') as revoke
  from aclexplode(n.nspacl) as g
  where g.privilege_type = 'CREATE' and g.grantee <> n.nspowner
    and (g.grantee = 0 or g.grantee in (select p.target from power as p where p.role = a.oid))
) as granted
-- Who owns the database owns `public`: RH0105 says so.
cross join lateral (
  select n.nspowner <> 'pg_database_owner'::regrole and exists (select from power as p where p.role = a.oid and p.target = n.nspowner) as it
) as owned
where granted.revoke is not null or owned.it
