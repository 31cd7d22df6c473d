with from_grants as (
  select relation, string_agg(distinct grantee, ', ') as grantees from granted group by relation
)
select case when a.attnum is null then 'info' end,
  r.name,
  '',
  format('%s may %s this foreign table of the server %I%s.', c.roles, c.may, s.srvname,
    case when a.attnum is null then '' else format(', which has the column %I and can have no row security', a.attname) end),
  format('revoke all on %s from ', r.name) || g.grantees
from relation as r
join reached as c on c.relation = r.oid
join pg_foreign_table as f on f.ftrelid = r.oid
join pg_foreign_server as s on s.oid = f.ftserver
left join pg_attribute as a
  on a.attrelid = r.oid and a.attname = (select tenant_column from given) and a.attnum > 0 and not a.attisdropped
left join from_grants as g on g.relation = r.oid
