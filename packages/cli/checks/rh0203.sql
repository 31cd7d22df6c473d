with empty as (
  select r.oid, string_agg(format('%I', c.rolname), ', ' order by c.rolname) as roles
  from relation as r
  join reach as c on c.relation = r.oid and (c.reads or c.writes)
  join app_role as a on a.oid = c.role and not a.rolbypassrls
  where r.relkind in ('r', 'p') and r.relrowsecurity
    and (r.relforcerowsecurity or not pg_has_role(a.oid, r.relowner, 'USAGE'))
    -- A child that is read through its parent only needs no policies.
    and not exists (select from sheltered as s where s.oid = r.oid)
    and not exists (
      select from pg_policy as p
      where p.polrelid = r.oid and p.polpermissive
        and (0 = any (p.polroles)
          or exists (
            select from unnest(p.polroles) as named (oid)
            where named.oid <> 0 and pg_has_role(a.oid, named.oid, 'USAGE'))))
  group by r.oid
)
select null::text,
  r.name,
  '',
  format('%s has privileges on it and finds it empty: row security is on, and %s.', e.roles,
    case when p.policies = 0 then 'there is no policy' else 'no permissive policy applies' end),
  case when t.oid is not null or k.oid is not null then format(
    'create policy %1$I on %2$s for all to public using (%3$s) with check (%3$s)',
    case when p.taken then 'tenant_access' else 'tenant_isolation' end, r.name, coalesce(t.predicate, k.predicate)) end
from empty as e
join relation as r on r.oid = e.oid
left join tenant_table as t on t.oid = r.oid
left join organization_key as k on k.oid = r.oid
cross join lateral (
  select count(*) as policies, coalesce(bool_or(polname = 'tenant_isolation'), false) as taken
  from pg_policy
  where polrelid = r.oid) as p
