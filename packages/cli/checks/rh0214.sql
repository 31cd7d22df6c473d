with key_column as materialized (
  select k.conrelid, k.confrelid, pair.own, pair.theirs
  from pg_constraint as k
  cross join lateral unnest(k.conkey, k.confkey) as pair (own, theirs)
  where k.contype = 'f'
    -- Postgres 18 has foreign keys that nothing enforces. None of them is validated, which spares asking the others.
    and (k.convalidated or coalesce(to_jsonb(k) ->> 'conenforced', 'true') = 'true')
),
-- Asked by lists that are looked up: a join of parts without statistics compares each with each.
tied as materialized (
  select k.conrelid as oid
  from key_column as k, given
  where ((k.conrelid, k.own) in (select t.oid, t.tenant_number from tenant_table as t)) is true
    and (k.confrelid = given.organizations
      or k.confrelid <> k.conrelid and (k.confrelid, k.theirs) in (select o.oid, o.tenant_number from tenant_table as o))
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
where not t.relispartition and (t.oid in (select tied.oid from tied)) is not true
