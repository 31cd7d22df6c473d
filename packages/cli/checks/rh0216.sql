with given_away as (
  select d.defaclrole, n.nspname, x.grantee, string_agg(distinct lower(x.privilege_type), ', ') as privileges
  from pg_default_acl as d
  cross join lateral aclexplode(d.defaclacl) as x
  left join pg_namespace as n on n.oid = d.defaclnamespace
  where d.defaclobjtype = 'r' and x.grantee <> d.defaclrole
    and x.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
    and exists (
      select from app_role as a
      where not a.rolsuper and (n.oid is null or has_schema_privilege(a.oid, n.oid, 'USAGE'))
        and (x.grantee = 0 or x.grantee <> 0 and pg_has_role(a.oid, x.grantee, 'USAGE')))
  group by d.defaclrole, n.nspname, x.grantee
)
select null::text,
  format('%I', pg_get_userbyid(g.defaclrole)),
  format('%s %s', coalesce(g.nspname, '*'), e.grantee),
  format('Whatever table %I makes%s, %s gets %s on it at once, before anybody has thought of row security.',
    pg_get_userbyid(g.defaclrole), e.place, e.grantee, g.privileges),
  format('alter default privileges for role %I%s revoke all on tables from %s', pg_get_userbyid(g.defaclrole), e.place, e.grantee)
from given_away as g
cross join lateral (
  select case when g.grantee = 0 then 'public' else format('%I', pg_get_userbyid(g.grantee)) end as grantee,
    case when g.nspname is null then '' else format(' in schema %I', g.nspname) end as place) as e
