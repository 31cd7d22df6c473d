select null::text,
  r.table_name,
  r.conname::text,
  format('%I may be null, and then the foreign key %I to %s is not looked at.', r.tenant_column, r.conname, r.parent_name),
  format('alter table %s alter column %I set not null', r.table_name, r.tenant_column)
from reference as r
where cardinality(r.conkey) > 1 and r.tenant_number = any (r.conkey) and not r.tenant_not_null and r.confmatchtype = 's'
  and not exists (
    select from pg_constraint as c
    where c.conrelid = r.conrelid and c.contype = 'c' and c.convalidated and c.conkey = array[r.tenant_number]
      and pg_get_expr(c.conbin, c.conrelid) = format('(%I IS NOT NULL)', r.tenant_column))
