with served as (
  select distinct c.role, f.ftserver as server
  from reach as c
  join pg_foreign_table as f on f.ftrelid = c.relation
  where c.reads or c.writes
)
select null::text,
  quote_ident(s.srvname),
  concat_ws(' ', a.rolname, u.usename),
  format('%I reaches this server as whoever the user mapping of %s names there, and %s.', a.rolname,
    case when u.umuser = 0 then 'PUBLIC' else format('%I', u.usename) end,
    case when has_server_privilege(a.oid, s.oid, 'USAGE') then 'may make foreign tables of it' else 'may use a foreign table of it' end),
  case when u.umuser = a.oid then format('drop user mapping for %I server %I', a.rolname, s.srvname) end
from pg_user_mappings as u
join pg_foreign_server as s on s.oid = u.srvid
join app_role as a on not a.rolsuper
where case when u.umuser = 0
    -- A mapping of the role's own goes before that of everybody.
    then not exists (select from pg_user_mappings as own where own.srvid = u.srvid and own.umuser = a.oid)
    else pg_has_role(a.oid, u.umuser, 'MEMBER') end
  and (has_server_privilege(a.oid, s.oid, 'USAGE')
    or exists (select from served as f where f.role = a.oid and f.server = s.oid))
