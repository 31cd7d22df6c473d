select null::text,
  quote_ident(a.rolname),
  r.rolname::text,
  case when r.oid = a.oid then 'It is a superuser.' else format('It can become the superuser %I by SET ROLE.', r.rolname) end,
  case when r.oid = a.oid then format('alter role %I nosuperuser', a.rolname)
    else (select string_agg(m.revoke, e';\n' order by m.roleid) from membership as m where m.member = a.oid and pg_has_role(m.roleid, r.oid, 'MEMBER')) end
from app_role as a
join becomes as b on b.role = a.oid
join pg_roles as r on r.oid = b.target and r.rolsuper
where a.oid = r.oid or not a.rolsuper
