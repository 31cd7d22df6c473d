select case when covered.name is null then null else 'info' end,
  r.table_name,
  r.conname::text,
  case when covered.name is null
    then format('A row can point at another tenant''s row in %s: the foreign key %I (%s) does not hold %I to that of the parent.',
      r.parent_name, r.conname, array_to_string(r.columns, ', '), r.tenant_column)
    else format('%I holds the tenants apart; %I (%s) beside it still tells whether a key exists in %s.',
      covered.name, r.conname, array_to_string(r.columns, ', '), r.parent_name) end,
  case when covered.name is not null then format('alter table %s drop constraint %I', r.table_name, r.conname)
    when r.tenant_type = r.parent_tenant_type and not r.tenant_number = any (r.conkey) and not r.parent_tenant_number = any (r.confkey)
      and (parent.has_key or r.parent_kind = 'r') and r.behaviour is not null
    then case when parent.has_key then ''
        else format(e'create unique index concurrently if not exists %I on %s (%I, %s);\n',
          left(concat_ws('_', r.parent_relname, r.parent_tenant_column, array_to_string(r.parent_columns, '_')), 59) || '_key',
          r.parent_name, r.parent_tenant_column, array_to_string(r.parent_columns, ', ')) end
      || format(e'alter table %s add constraint %I foreign key (%I, %s) references %s (%I, %s)%s%s;\n',
        r.table_name, left(r.conname, 56) || '_tenant', r.tenant_column, array_to_string(r.columns, ', '),
        r.parent_name, r.parent_tenant_column, array_to_string(r.parent_columns, ', '), r.behaviour,
        case when r.relkind = 'r' then ' not valid' end)
      || case when r.relkind = 'r'
        then format(e'set row_security = off;\nalter table %s validate constraint %I;\nreset row_security;\n', r.table_name, left(r.conname, 56) || '_tenant') else '' end
      || format('alter table %s drop constraint %I', r.table_name, r.conname) end
from reference as r
left join lateral (
  select min(o.conname) as name
  from pg_constraint as o
  where o.contype = 'f' and o.conrelid = r.conrelid and o.confrelid = r.confrelid and o.convalidated
    and o.conkey @> (r.conkey || r.tenant_number) and o.confkey @> (r.confkey || r.parent_tenant_number)
    and array_position(o.conkey, r.tenant_number) = array_position(o.confkey, r.parent_tenant_number)) as covered on true
cross join lateral (
  select exists (
    select from pg_index as i
    where i.indrelid = r.confrelid and i.indisunique and i.indisvalid and i.indimmediate and i.indpred is null
      and (select array_agg(n order by n) from unnest((i.indkey::smallint[])[0:i.indnkeyatts - 1]) as n)
        = (select array_agg(n order by n) from unnest(r.confkey || r.parent_tenant_number) as n)) as has_key) as parent
where r.to_tenant_table and not r.carries and not r.held
