with part as (
  select oid, min(parent::regclass::text) as parent
  from belonging
  where parent <> (select organizations from given)
  group by oid
)
select null::text,
  r.name,
  '',
  format('A foreign key makes its rows part of %s; it has neither %I nor row security, and %s may %s all of it.',
    p.parent, (select tenant_column from given), c.roles, c.may),
  null::text
from part as p
join relation as r on r.oid = p.oid
join reached as c on c.relation = r.oid
where r.relkind in ('r', 'p') and not r.relrowsecurity
  and not exists (select from sheltered as s where s.oid = r.oid)
