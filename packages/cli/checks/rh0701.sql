select null::text,
  t.name,
  '',
  format('No valid index over all rows begins with %I.', t.tenant_column),
  format('create index %son %s (%I)', case when t.relkind = 'r' then 'concurrently ' end, t.name, t.tenant_column)
from tenant_table as t
where not t.relispartition
  and not exists (
    select from pg_index as i
    join pg_class as c on c.oid = i.indexrelid
    join pg_am as m on m.oid = c.relam and m.amname <> 'brin'
    where i.indrelid = t.oid and i.indisvalid and i.indpred is null and i.indkey[0] = t.tenant_number)
