with part as (
  select b.oid, string_agg(distinct quote_ident(a.attname), ', ') as columns
  from belonging as b
  join pg_attribute as a on a.attrelid = b.oid and a.attnum = any (b.conkey)
  where b.parent = (select organizations from given)
  group by b.oid
)
select null::text,
  r.name,
  '',
  format('It points to %s by %s and has neither %I nor row security, and %s may %s all of it.',
    (select organizations from given)::text, p.columns, (select tenant_column from given), c.roles, c.may),
  null::text
from part as p
join relation as r on r.oid = p.oid
join reached as c on c.relation = r.oid
where r.relkind in ('r', 'p') and not r.relrowsecurity
  and not exists (select from sheltered as s where s.oid = r.oid)
  -- Part of another tenant table's rows as well: RH0204 says so.
  and not exists (select from belonging as b where b.oid = r.oid and b.parent <> (select organizations from given))
