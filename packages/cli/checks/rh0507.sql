select null::text,
  s.name,
  '',
  format('%s on it can be used through %s.', string_agg(distinct g.privilege_type, ' and '), string_agg(distinct r.grantee, ', ')),
  format('revoke select, update on sequence %s from %s', s.name, string_agg(distinct r.grantee, ', '))
from relation as s
cross join lateral aclexplode(s.relacl) as g
cross join lateral (select case when g.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end as grantee) as r
where s.relkind = 'S' and g.privilege_type in ('SELECT', 'UPDATE') and g.grantee <> s.relowner
  and exists (
    select from app_role as a
    where not a.rolsuper and has_schema_privilege(a.oid, s.relnamespace, 'USAGE')
      and (g.grantee = 0 or pg_has_role(a.oid, g.grantee, 'USAGE')))
group by s.name
