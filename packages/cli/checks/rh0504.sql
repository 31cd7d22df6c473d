with held as (
  -- Columns that point to a parent of the same tenant.
  select distinct r.conrelid, n.number from reference as r, unnest(r.conkey) as n (number) where r.carries
),
key as (
  select i.indexrelid, i.indrelid, i.indisprimary, i.indisexclusion,
    bool_or(a.atttypid = 'uuid'::regtype and (h.number is not null or i.indnkeyatts = 1 and (i.indisprimary or a.atthasdef))) as unguessable,
    bool_or(i.indisprimary and i.indnkeyatts = 1 and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%')) as counted
  from tenant_table as t
  join pg_index as i on i.indrelid = t.oid and (i.indisunique or i.indisexclusion)
    and not t.tenant_number = any ((i.indkey::smallint[])[0:i.indnkeyatts - 1])
  cross join unnest((i.indkey::smallint[])[0:i.indnkeyatts - 1]) as n (number)
  left join pg_attribute as a on a.attrelid = t.oid and a.attnum = n.number
  left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join held as h on h.conrelid = t.oid and h.number = n.number
  where exists (select from app_role as a where not a.rolsuper and has_any_column_privilege(a.oid, t.oid, 'INSERT, UPDATE'))
  group by i.indexrelid, i.indrelid, i.indisprimary, i.indisexclusion
)
select case when k.counted then 'info' end,
  t.name,
  c.relname::text,
  case when k.counted then format('The primary key %I is counted for all tenants together, and can be guessed.', c.relname)
    else format('%I is unique over all tenants: %s', c.relname, pg_get_indexdef(c.oid)) end,
  case when k.indisprimary or k.indisexclusion or needed.conindid is not null then null
    when own.oid is not null then format(e'alter table %1$s drop constraint %2$I;\nalter table %1$s add constraint %2$I %3$s', t.name, own.conname,
      regexp_replace(pg_get_constraintdef(own.oid), '\(', format('(%I, ', t.tenant_column)))
    else format(e'drop index %s;\n%s', c.oid::regclass,
      regexp_replace(replace(pg_get_indexdef(c.oid), ' ON ONLY ', ' ON '), ' USING (\w+) \(', format(' USING \1 (%I, ', t.tenant_column))) end
from key as k
join tenant_table as t on t.oid = k.indrelid
join pg_class as c on c.oid = k.indexrelid and not c.relispartition
left join pg_constraint as own on own.conindid = c.oid and own.contype in ('u', 'p', 'x')
left join (select distinct conindid from pg_constraint where contype = 'f') as needed on needed.conindid = c.oid
where k.unguessable is not true
