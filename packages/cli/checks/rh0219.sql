select case when c.may <> 'read' then 'error' end,
  r.name,
  '',
  format('%s may %s it, and it has no row security: every tenant reaches the rows of all the others.', c.roles, c.may),
  case
    when p.policies > 0 then format('alter table %s enable row level security, force row level security', r.name)
    when k.oid is not null then format(
      case when c.may = 'read' then e'create policy tenant_isolation on %1$s for select to public using (%2$s);\n'
        else e'create policy tenant_isolation on %1$s for all to public using (%2$s) with check (%2$s);\n' end
        || 'alter table %1$s enable row level security, force row level security', k.name, k.predicate) end
from relation as r
join reached as c on c.relation = r.oid
left join organization_key as k on k.oid = r.oid
cross join lateral (select count(*) as policies from pg_policy where polrelid = r.oid) as p
where r.oid = (select organizations from given) and not r.relrowsecurity
