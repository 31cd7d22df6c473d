select null::text,
  t.name,
  '',
  format('%I may be null: a row that forgets it belongs to no tenant, and its composite foreign keys are not looked at.', t.tenant_column),
  format(
    e'alter table %1$s add constraint tenant_not_null_check check (%2$I is not null) not valid;\n'
    'alter table %1$s validate constraint tenant_not_null_check;\n'
    'alter table %1$s alter column %2$I set not null;\n'
    'alter table %1$s drop constraint tenant_not_null_check', t.name, t.tenant_column)
from tenant_table as t
join pg_type as y on y.oid = t.tenant_type
where not t.tenant_not_null and not y.typnotnull
  and not exists (
    select from pg_constraint as k
    where k.conrelid = t.oid and k.contype = 'c' and k.convalidated and k.conkey = array[t.tenant_number]
      and pg_get_expr(k.conbin, k.conrelid) = format('(%I IS NOT NULL)', t.tenant_column))
  and not exists (select from strict_table as s where s.oid = t.oid and s.shared)
  -- What mends a parent mends its children.
  and not exists (
    select from pg_inherits as i
    join tenant_table as p on p.oid = i.inhparent
    where i.inhrelid = t.oid and not p.tenant_not_null)
