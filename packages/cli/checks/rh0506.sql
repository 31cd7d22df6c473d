select null::text,
  t.name,
  c.relname::text,
  format('%I is invalid: %s', c.relname,
    case when c.relkind = 'I' then 'not every partition has its part of it.'
      when i.indisunique then 'queries do not use it, and it need not be unique.' else 'queries do not use it.' end),
  case when c.relkind = 'i' then format('drop index concurrently %s', c.oid::regclass) end
from tenant_table as t
join pg_index as i on i.indrelid = t.oid and not i.indisvalid
join pg_class as c on c.oid = i.indexrelid
where not c.relispartition
