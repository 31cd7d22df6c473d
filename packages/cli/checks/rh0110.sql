with server as (
  select current_setting('server_version_num')::int as version
),
-- Per major version, the first minor release with the fix. `by_role`: only where what a plan may see depends on the role.
fix (name, by_role, major, minor, what) as (values
  ('CVE-2023-2455', true, 15, 3, 'an inlined function could be run with the policies of another role'),
  ('CVE-2023-39418', false, 15, 4, 'MERGE did not ask every policy'),
  ('CVE-2024-10976', true, 15, 9, 'a plan could be used with the policies of another role'),
  ('CVE-2024-10976', true, 16, 5, 'a plan could be used with the policies of another role'),
  ('CVE-2024-10976', true, 17, 1, 'a plan could be used with the policies of another role'),
  ('CVE-2024-10978', true, 15, 10, 'SET ROLE could end up at another role'),
  ('CVE-2024-10978', true, 16, 6, 'SET ROLE could end up at another role'),
  ('CVE-2024-10978', true, 17, 2, 'SET ROLE could end up at another role'),
  ('CVE-2025-8713', false, 15, 14, 'statistics showed values of hidden rows'),
  ('CVE-2025-8713', false, 16, 10, 'statistics showed values of hidden rows'),
  ('CVE-2025-8713', false, 17, 6, 'statistics showed values of hidden rows'),
  ('CVE-2026-14666', true, 15, 19, 'a plan was kept after a change of memberships'),
  ('CVE-2026-14666', true, 16, 15, 'a plan was kept after a change of memberships'),
  ('CVE-2026-14666', true, 17, 11, 'a plan was kept after a change of memberships'),
  ('CVE-2026-14666', true, 18, 6, 'a plan was kept after a change of memberships')
),
missing as (
  select f.*, f.by_role and not exists (select from pg_policy as p where not 0 = any (p.polroles)) as distant
  from server as s join fix as f on s.version / 10000 = f.major and s.version % 10000 < f.minor
)
select case when bool_and(m.distant) then 'warn' end,
  'server',
  '',
  format('It runs %s.%s, which lacks the fixes of %s.', s.version / 10000, s.version % 10000,
    string_agg(format('%s (%s, in %s.%s)', m.name, m.what, m.major, m.minor), ', ' order by m.minor, m.name)),
  null::text
from missing as m cross join server as s
group by s.version
union all
select null, 'server', '', format('It runs Postgres %s, which gets no fixes any more.', s.version / 10000), null
from server as s where s.version < 150000
