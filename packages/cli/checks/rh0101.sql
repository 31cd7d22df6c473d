select null::text,
  quote_ident(a.rolname),
  r.rolname::text,
  case when r.oid = a.oid then 'It is a superuser.' else format('It can become the superuser %I by SET ROLE.', r.rolname) end,
  case when r.oid = a.oid then format('alter role %I nosuperuser', a.rolname) else format('revoke %I from %I', r.rolname, a.rolname) end
from app_role as a
join pg_roles as r on r.rolsuper and pg_has_role(a.oid, r.oid, 'MEMBER')
where a.oid = r.oid or not a.rolsuper
