select null::text,
  r.table_name,
  r.conname::text,
  format('Deleting or changing a row of %s clears %I of the rows that point to it (foreign key %I).', r.parent_name, r.tenant_column, r.conname),
  format(e'alter table %1$s drop constraint %2$I;\nalter table %1$s add constraint %2$I foreign key (%3$s) references %4$s (%5$s)%6$s%7$s',
    r.table_name, r.conname, array_to_string(r.columns, ', '), r.parent_name, array_to_string(r.parent_columns, ', '),
    case r.confmatchtype when 'f' then ' match full' end, nullif(r.behaviour, ''))
    || case when r.behaviour is null then null when r.relkind = 'r' and not r.convalidated then ' not valid' else '' end
from reference as r
where r.tenant_number = any (r.conkey)
  and (r.confupdtype in ('n', 'd')
    or r.confdeltype in ('n', 'd') and r.tenant_number = any (coalesce(r.confdelsetcols, r.conkey)))
