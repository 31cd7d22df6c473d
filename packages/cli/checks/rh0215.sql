with open_to as (
  select relation, string_agg(format('%I', rolname), ', ' order by rolname) as roles
  from reach
  -- Who can only add, and not even look, keeps a log: nothing in it is served to another tenant.
  where writes and (reads or has_any_column_privilege(role, relation, 'UPDATE') or has_table_privilege(role, relation, 'DELETE'))
  group by relation
)
select null::text,
  r.name,
  '',
  format('%s may write it, and it has neither %I nor row security.', o.roles, (select tenant_column from given)),
  null::text
from open_to as o
join relation as r on r.oid = o.relation
where r.relkind in ('r', 'p') and not r.relrowsecurity
  and r.oid <> (select organizations from given)
  and not exists (select from tenant_table as t where t.oid = r.oid)
  -- These have findings of their own.
  and not exists (select from belonging as b where b.oid = r.oid)
  and not exists (select from sheltered as s where s.oid = r.oid)
