with part as (
  select oid, min(parent::regclass::text) as parent
  from belonging
  where parent <> (select organizations from given)
  group by oid
)
select null::text,
  e.name,
  '',
  format('A foreign key makes its rows part of %s; it has neither %I nor row security, and %s may %s all of it.',
    p.parent, (select tenant_column from given), e.roles, e.may),
  null::text
from part as p
join exposed as e on e.oid = p.oid
