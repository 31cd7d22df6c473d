with usable as (
  select distinct m.amopfamily, m.amoplefttype
  from pg_amop as m
  join pg_operator as o on o.oid = m.amopopr
  join pg_proc as f on f.oid = o.oprcode and f.proleakproof
),
-- Functions by names, none of whose forms is leakproof.
leaky as (
  select proname from pg_proc group by proname having not bool_or(proleakproof)
)
select null::text,
  t.name,
  format('%s %s', c.relname, k.place),
  format('%I has %s in it (%s): under row security no condition on that can use the index.', c.relname,
    pg_get_indexdef(i.indexrelid, k.place::int, true), coalesce(format_type(a.atttypid, a.atttypmod), 'an expression')),
  null::text
from tenant_table as t
join pg_index as i on i.indrelid = t.oid and i.indisvalid and not i.indisprimary and not i.indisexclusion
join pg_class as c on c.oid = i.indexrelid and not c.relispartition
cross join lateral unnest(i.indkey::smallint[], i.indclass::oid[]) with ordinality as k (number, opclass, place)
join pg_opclass as o on o.oid = k.opclass
left join usable as u on u.amopfamily = o.opcfamily and u.amoplefttype = o.opcintype
left join pg_attribute as a on a.attrelid = t.oid and a.attnum = k.number and k.number <> 0
where t.relrowsecurity and k.place <= i.indnkeyatts and k.number <> t.tenant_number
  and (u.amopfamily is null
    or k.number = 0 and exists (
      select from regexp_matches(pg_get_indexdef(i.indexrelid, k.place::int, true), '(\w+)\(', 'g') as found (words)
      join leaky on leaky.proname = found.words[1]))
