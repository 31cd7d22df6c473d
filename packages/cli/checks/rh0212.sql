select null::text,
  t.name,
  '',
  format('A row that does not say whose it is gets the %I %s.', t.tenant_column, pg_get_expr(d.adbin, d.adrelid)),
  format('alter table %s alter column %I set default nullif(current_setting(%L, true), %L)::%s',
    t.name, t.tenant_column, (select settings[1] from given), '', format_type(t.tenant_type, null))
from tenant_table as t
join pg_attribute as a on a.attrelid = t.oid and a.attnum = t.tenant_number and a.attgenerated = ''
join pg_attrdef as d on d.adrelid = t.oid and d.adnum = t.tenant_number
where pg_get_expr(d.adbin, d.adrelid) !~ '^NULL(::|$)'
  -- The tree of an expression names every function in it; where all are immutable, the value is the same for everybody.
  and d.adbin::text !~ '\{(SQLVALUEFUNCTION|NEXTVALUEEXPR) '
  and not exists (
    select from regexp_matches(d.adbin::text, ':(?:op)?funcid (\d+)', 'g') as called (id)
    join pg_proc as f on f.oid = called.id[1]::oid
    where f.provolatile <> 'i')
