with child as (
  select oid, min(ancestor::regclass::text) as ancestor from sheltered group by oid
)
select null::text,
  r.name,
  '',
  format('%s may %s it by its own name, where the row security of %s does not hold.', c.roles, c.may, s.ancestor),
  concat(
    -- Without the tenant column there is nothing for a policy to say, and the table is empty to whoever names it.
    case when p.policies = 0 and t.oid is not null then format(
      e'create policy tenant_isolation on %1$s for all to public using (%2$s) with check (%2$s);\n'
      'create policy tenant_floor on %1$s as restrictive for all to public using (%2$s) with check (%2$s);\n', t.name, t.predicate) end,
    format('alter table %s enable row level security, force row level security', r.name))
from child as s
join relation as r on r.oid = s.oid
join reached as c on c.relation = r.oid
left join tenant_table as t on t.oid = r.oid
cross join lateral (select count(*) as policies from pg_policy where polrelid = r.oid) as p
where r.relkind in ('r', 'p') and not r.relrowsecurity
