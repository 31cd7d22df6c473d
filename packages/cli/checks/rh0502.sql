select null::text,
  r.table_name,
  r.conname::text,
  format('Deleting or changing a row of %s clears %I of the rows that point to it (foreign key %I).', r.parent_name, r.tenant_column, r.conname),
  case when again.definition is not null then format(
    -- Rows are looked at without a lock that stops anybody, and at no time is there no foreign key.
    case when r.relkind = 'r' and r.convalidated
      then e'alter table %1$s add constraint %4$I %3$s not valid;\n'
        'set row_security = off;\nalter table %1$s validate constraint %4$I;\nreset row_security;\n'
        'alter table %1$s drop constraint %2$I;\nalter table %1$s rename constraint %4$I to %2$I'
      when r.relkind = 'r' then 'alter table %1$s drop constraint %2$I, add constraint %2$I %3$s not valid'
      else 'alter table %1$s drop constraint %2$I, add constraint %2$I %3$s' end,
    r.table_name, r.conname, again.definition, left(r.conname, 56) || '_tenant') end
from reference as r
cross join lateral (
  select format('foreign key (%s) references %s (%s)%s', array_to_string(r.columns, ', '), r.parent_name,
    array_to_string(r.parent_columns, ', '), case r.confmatchtype when 'f' then ' match full' end) || r.behaviour as definition
) as again
where r.tenant_number = any (r.conkey)
  and (r.confupdtype in ('n', 'd')
    or r.confdeltype in ('n', 'd') and r.tenant_number = any (coalesce(r.confdelsetcols, r.conkey)))
