with key as (
  select t.name, t.tenant_column, t.oid as table_id, i.indexrelid, i.indisprimary, i.indisexclusion,
    -- A uuid that is made at random, or that points to a parent of the same tenant.
    bool_or(a.atttypid = 'uuid'::regtype and (
      i.indnkeyatts = 1 and (i.indisprimary or a.atthasdef)
      or exists (
        select from pg_constraint as f
        join pg_attribute as p on p.attrelid = f.confrelid and p.attname = t.tenant_column
        where f.conrelid = t.oid and f.contype = 'f' and a.attnum = any (f.conkey)
          and array_position(f.conkey, t.tenant_number) = array_position(f.confkey, p.attnum)))) as unguessable,
    bool_or(i.indisprimary and i.indnkeyatts = 1 and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%')) as counted
  from tenant_table as t
  join pg_index as i on i.indrelid = t.oid and (i.indisunique or i.indisexclusion)
    and not t.tenant_number = any ((i.indkey::smallint[])[0:i.indnkeyatts - 1])
  cross join unnest((i.indkey::smallint[])[0:i.indnkeyatts - 1]) as n (number)
  left join pg_attribute as a on a.attrelid = t.oid and a.attnum = n.number
  left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where exists (select from app_role as a where not a.rolsuper and has_any_column_privilege(a.oid, t.oid, 'INSERT, UPDATE'))
  group by t.name, t.tenant_column, t.oid, i.indexrelid, i.indisprimary, i.indisexclusion
)
select case when k.counted then 'info' end,
  k.name,
  c.relname::text,
  case when k.counted then format('The primary key %I is counted for all tenants together, and can be guessed.', c.relname)
    else format('%I is unique over all tenants: %s', c.relname, pg_get_indexdef(c.oid)) end,
  case when k.indisprimary or k.indisexclusion or needed.somewhere then null
    -- The new key is made while others write, before the old one goes.
    when c.relkind = 'i' then format(e'create unique index concurrently %I%s;\n', again.name, again.definition)
      || case when own.oid is not null
        then format('alter table %s drop constraint %I, add constraint %2$I unique using index %I', k.name, own.conname, again.name)
          || case when own.condeferrable then ' deferrable' else '' end || case when own.condeferred then ' initially deferred' else '' end
        else format(e'drop index concurrently %s;\nalter index %s.%I rename to %I', c.oid::regclass, c.relnamespace::regnamespace, again.name, c.relname) end
    when own.oid is not null then format(e'alter table %1$s drop constraint %2$I, add constraint %2$I %3$s', k.name, own.conname,
      regexp_replace(pg_get_constraintdef(own.oid), '\(', format('(%I, ', k.tenant_column)))
    else format(e'drop index %s;\n%s', c.oid::regclass,
      regexp_replace(replace(pg_get_indexdef(c.oid), ' ON ONLY ', ' ON '), ' USING (\w+) \(', format(' USING \1 (%I, ', k.tenant_column))) end
from key as k
join pg_class as c on c.oid = k.indexrelid and not c.relispartition
left join pg_constraint as own on own.conrelid = k.table_id and own.conindid = c.oid and own.contype in ('u', 'p', 'x')
cross join lateral (
  select left(c.relname, 56) || '_tenant' as name,
    regexp_replace(substr(pg_get_indexdef(c.oid), length('CREATE UNIQUE INDEX ' || quote_ident(c.relname)) + 1),
      ' USING (\w+) \(', format(' USING \1 (%I, ', k.tenant_column)) as definition
) as again
cross join lateral (
  select exists (
    select from pg_depend as d
    join pg_constraint as f on f.oid = d.objid and f.contype = 'f'
    where d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid and d.classid = 'pg_constraint'::regclass) as somewhere) as needed
where k.unguessable is not true
