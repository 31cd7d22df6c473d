select case when not t.rolcreaterole and not t.rolreplication then 'warn' end,
  quote_ident(a.rolname),
  case when t.oid = a.oid then '' else t.rolname::text end,
  case when t.oid = a.oid then 'It has ' else format('It can become %I by SET ROLE, which has ', t.rolname) end
    || concat_ws(', ', case when t.rolcreaterole then 'CREATEROLE' end, case when t.rolreplication then 'REPLICATION' end,
      case when t.rolcreatedb then 'CREATEDB' end) || '.',
  case when t.oid = a.oid then format('alter role %I nocreaterole noreplication nocreatedb', a.rolname) else p.revoke end
from app_role as a
join power as p on p.role = a.oid and p.becomes
join pg_roles as t on t.oid = p.target and (t.rolcreaterole or t.rolreplication or t.rolcreatedb)
