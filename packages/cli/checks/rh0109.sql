select danger.level,
  s.object,
  s.name || s.narrowed,
  format('New sessions%s%s have %s = %s: %s.',
    case when s.object in ('database', 'server') then '' else ' of this role' end,
    case when s.object = 'server' then ' in every database' else ' in this database' end,
    s.name, s.value, danger.what),
  s.reset
from setting as s
join (values
  ('row_security', 'warn', 'queries fail where a policy would filter'),
  ('session_replication_role', null, 'triggers and foreign keys do nothing'),
  ('lo_compat_privileges', null, 'every large object can be read and written'),
  ('role', null, 'they act as another role than the one that was looked at')
) as danger (name, level, what) on danger.name = s.name
where s.serving and case s.name
  -- Postgres stores the spelling that was used.
  when 'row_security' then lower(s.value) in ('off', 'of', 'false', 'fals', 'fal', 'fa', 'f', 'no', 'n', '0')
  when 'lo_compat_privileges' then lower(s.value) in ('on', 'true', 'tru', 'tr', 't', 'yes', 'ye', 'y', '1')
  when 'session_replication_role' then lower(s.value) = 'replica'
  else s.value <> 'none' and s.value not in (select a.rolname from app_role as a)
end
