with tied as (
  select k.conrelid as oid
  from pg_constraint as k
  join tenant_table as t on t.oid = k.conrelid
  cross join lateral unnest(k.conkey, k.confkey) as pair (own, theirs)
  left join tenant_table as o on o.oid = k.confrelid and o.tenant_number = pair.theirs and o.oid <> t.oid
  where k.contype = 'f' and pair.own = t.tenant_number
    and (o.oid is not null or k.confrelid = (select organizations from given))
    -- Postgres 18 has foreign keys that nothing enforces.
    and coalesce(to_jsonb(k) ->> 'conenforced', 'true') = 'true'
)
select null::text,
  t.name,
  '',
  format('No foreign key leads from %I to %s, not by way of another table either.',
    t.tenant_column, (select organizations from given)::text),
  case when k.oid is not null then format(
    case when t.relkind = 'p' and current_setting('server_version_num')::integer < 180000
      then e'set row_security = off;\nalter table %1$s add constraint %2$I foreign key (%3$I) references %4$s (%5$I);\nreset row_security'
      else e'alter table %1$s add constraint %2$I foreign key (%3$I) references %4$s (%5$I) not valid;\n'
        'set row_security = off;\nalter table %1$s validate constraint %2$I;\nreset row_security' end,
    t.name, t.tenant_column || '_fkey', t.tenant_column, k.name, k.key) end
from tenant_table as t
left join organization_key as k on k.key_type = t.tenant_type
where not t.relispartition and not exists (select from tied where tied.oid = t.oid)
