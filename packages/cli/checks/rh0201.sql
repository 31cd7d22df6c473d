select null::text,
  t.name,
  '',
  case when p.policies = 0 then 'Row security is off, and it has no policy.'
    else format('Row security is off, so its %s policies do nothing.', p.policies) end,
  concat(
    case when p.policies = 0 then format(
      e'create policy tenant_isolation on %1$s for all to public using (%2$s) with check (%2$s);\n'
      'create policy tenant_floor on %1$s as restrictive for all to public using (%2$s) with check (%2$s);\n', t.name, t.predicate) end,
    format('alter table %s enable row level security, force row level security', t.name))
from tenant_table as t,
  lateral (select count(*) as policies from pg_policy where polrelid = t.oid) as p
where not t.relrowsecurity
  -- A partition or child that nobody may name is protected by its parent.
  and not (exists (select from pg_inherits where inhrelid = t.oid)
    and not exists (select from app_role as a where has_table_privilege(a.oid, t.oid, 'SELECT, INSERT, UPDATE, DELETE')))
