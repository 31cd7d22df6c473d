select null::text,
  r.table_name,
  r.conname::text,
  format('%I may be null, and then the foreign key %I to %s is not looked at.', r.tenant_column, r.conname, r.parent_name),
  -- As RH0210 does: a check is validated while others write, and then believed.
  format(
    e'alter table %1$s add constraint tenant_not_null_check check (%2$I is not null) not valid;\n'
    'alter table %1$s validate constraint tenant_not_null_check;\n'
    'alter table %1$s alter column %2$I set not null;\n'
    'alter table %1$s drop constraint tenant_not_null_check', r.table_name, r.tenant_column)
from reference as r
where cardinality(r.conkey) > 1 and r.tenant_number = any (r.conkey) and not r.tenant_not_null and r.confmatchtype = 's'
  and not exists (select from strict_table as s where s.oid = r.conrelid)
  and not exists (
    select from pg_constraint as c
    where c.conrelid = r.conrelid and c.contype = 'c' and c.convalidated and c.conkey = array[r.tenant_number]
      and pg_get_expr(c.conbin, c.conrelid) = format('(%I IS NOT NULL)', r.tenant_column))
