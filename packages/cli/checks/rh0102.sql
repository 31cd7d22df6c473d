select null::text,
  quote_ident(a.rolname),
  case when t.oid = a.oid then '' else t.rolname::text end,
  case when t.oid = a.oid then 'It has BYPASSRLS: it reads and writes the rows of every tenant.'
    else format('It can become %I, which has BYPASSRLS, by SET ROLE.', t.rolname) end,
  case when t.oid = a.oid then format('alter role %I nobypassrls', a.rolname) else p.revoke end
from app_role as a
join power as p on p.role = a.oid and p.becomes
join pg_roles as t on t.oid = p.target and t.rolbypassrls
