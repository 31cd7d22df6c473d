select danger.level,
  quote_ident(a.rolname),
  t.rolname::text,
  format('It %s %s, which %s.', case when t.rolname = 'pg_database_owner' then 'owns the database and so counts as' else 'has the rights of' end,
    t.rolname, danger.what),
  -- Nobody is granted the ownership of a database.
  case when t.rolname <> 'pg_database_owner' then p.revoke end
from app_role as a
join power as p on p.role = a.oid
join pg_roles as t on t.oid = p.target
join (values
  ('pg_read_server_files', null, 'reads every file of the server, the tables'' own among them'),
  ('pg_write_server_files', null, 'writes every file of the server'),
  ('pg_execute_server_program', null, 'starts programs on the server'),
  ('pg_read_all_stats', null, 'shows the SQL text of every session, with other tenants'' values in it'),
  ('pg_monitor', null, 'shows the SQL text of every session, with other tenants'' values in it'),
  ('pg_create_subscription', null, 'makes the server connect to wherever it says'),
  ('pg_signal_backend', 'warn', 'stops the sessions of others'),
  ('pg_maintain', 'warn', 'locks, rewrites and refreshes every table'),
  ('pg_database_owner', 'warn', 'owns the schema public and can drop what is in it')
) as danger (name, level, what) on danger.name = t.rolname
-- One grant, one finding: pg_monitor brings pg_read_all_stats along.
where not (t.rolname = 'pg_read_all_stats' and exists (
  select from power as m join pg_roles as r on r.oid = m.target where m.role = a.oid and r.rolname = 'pg_monitor'))
