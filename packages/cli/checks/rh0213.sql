with recursive based (type, base) as (
  select y.oid, y.oid
  from pg_type as y
  where y.oid in (select tenant_type from tenant_table union all select key_type from organization_key)
  union all
  select b.type, y.typbasetype
  from based as b
  join pg_type as y on y.oid = b.base and y.typtype = 'd'
),
plain as (
  select b.type, b.base from based as b join pg_type as y on y.oid = b.base and y.typtype <> 'd'
)
select null::text,
  t.name,
  '',
  format('%I is %s, and the key %I of %s is %s.',
    t.tenant_column, format_type(t.tenant_type, null), k.key, k.name, format_type(k.key_type, null)),
  null::text
from organization_key as k
join plain as theirs on theirs.type = k.key_type
cross join tenant_table as t
join plain as ours on ours.type = t.tenant_type
where ours.base <> theirs.base
  -- To keys and indexes, text and varchar are the same.
  and not exists (
    select from pg_cast as c
    where c.castmethod = 'b'
      and (c.castsource = ours.base and c.casttarget = theirs.base or c.castsource = theirs.base and c.casttarget = ours.base))
  -- The column of a child is its parent's.
  and not exists (select from pg_inherits as i join tenant_table as p on p.oid = i.inhparent where i.inhrelid = t.oid)
