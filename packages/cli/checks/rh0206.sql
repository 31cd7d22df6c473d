with recursive above as (
  select i.inhparent as oid, r.name as child
  from pg_inherits as i
  join relation as r on r.oid = i.inhrelid and r.relrowsecurity
  union
  select i.inhparent, a.child
  from above as a
  join pg_inherits as i on i.inhrelid = a.oid
),
parent as (
  select oid, min(child) as child from above group by oid
)
select null::text,
  r.name,
  '',
  format('It has no row security, so %s may %s the rows of its child %s through it, whatever the policies there say.',
    c.roles, c.may, p.child),
  null::text
from parent as p
join relation as r on r.oid = p.oid
join reached as c on c.relation = r.oid
where r.relkind in ('r', 'p') and not r.relrowsecurity
  -- With the tenant column it is RH0201's; beneath a parent with row security it is RH0205's.
  and not exists (select from tenant_table as t where t.oid = r.oid)
  and not exists (select from sheltered as s where s.oid = r.oid)
