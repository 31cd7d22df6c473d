with part as (
  select b.oid, string_agg(distinct quote_ident(a.attname), ', ') as columns
  from belonging as b
  join pg_attribute as a on a.attrelid = b.oid and a.attnum = any (b.conkey)
  where b.parent = (select organizations from given)
  group by b.oid
)
select null::text,
  e.name,
  '',
  format('It points to %s by %s and has neither %I nor row security, and %s may %s all of it.',
    (select organizations from given)::text, p.columns, (select tenant_column from given), e.roles, e.may),
  null::text
from part as p
join exposed as e on e.oid = p.oid
where
  -- Part of another tenant table's rows as well: RH0204 says so.
  not exists (select from belonging as b where b.oid = e.oid and b.parent <> (select organizations from given))
