select null::text,
  t.name,
  k.conname::text,
  case when enforced.now then format('%I is NOT VALID: the rows that were there before it were not checked.', k.conname)
    else format('%I is NOT ENFORCED: nothing checks it.', k.conname) end,
  case
    -- An owner under FORCE would see no row, and call any foreign key valid.
    when enforced.now and k.contype = 'f'
      then format(e'set row_security = off;\nalter table %s validate constraint %I;\nreset row_security', t.name, k.conname)
    when enforced.now then format('alter table %s validate constraint %I', t.name, k.conname)
    when k.contype = 'f' then format('alter table %s alter constraint %I enforced', t.name, k.conname) end
from tenant_table as t
join pg_constraint as k on k.conrelid = t.oid and not k.convalidated and k.conparentid = 0 and k.coninhcount = 0
-- A column since Postgres 18.
cross join lateral (select coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true) as now) as enforced
