select case when exists (select from pg_statistic_ext as s join tenant_table as t on t.oid = s.stxrelid) then 'error' end,
  format('pg_catalog.%s', c.relname),
  '',
  'It shows statistics to roles that are not the owner of the table.',
  null::text
from pg_class as c
where c.oid in ('pg_catalog.pg_stats_ext'::regclass, 'pg_catalog.pg_stats_ext_exprs'::regclass)
  and position('pg_has_role(c.relowner' in pg_get_viewdef(c.oid)) = 0
