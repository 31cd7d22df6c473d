select null::text,
  t.name,
  '',
  case when p.policies = 0 then 'Row security is off, and it has no policy.'
    else format('Row security is off, so its %s policies do nothing.', p.policies) end
    || case when c.protected then ' That of its children does not hold for who reads through it.' else '' end,
  concat(
    case when p.policies = 0 then format(
      e'create policy tenant_isolation on %1$s for all to public using (%2$s) with check (%2$s);\n'
      'create policy tenant_floor on %1$s as restrictive for all to public using (%2$s) with check (%2$s);\n', t.name, t.predicate) end,
    format('alter table %s enable row level security, force row level security', t.name))
from tenant_table as t,
  lateral (select count(*) as policies from pg_policy where polrelid = t.oid) as p,
  lateral (
    select exists (
      select from pg_inherits as i join pg_class as k on k.oid = i.inhrelid where i.inhparent = t.oid and k.relrowsecurity) as protected) as c
where not t.relrowsecurity
  -- RH0205 speaks of the children of tables with row security.
  and not exists (select from sheltered as s where s.oid = t.oid)
  -- A partition or child that nobody may name is protected with its parent.
  and not (exists (select from pg_inherits where inhrelid = t.oid)
    and not exists (select from app_role as a where has_table_privilege(a.oid, t.oid, 'SELECT, INSERT, UPDATE, DELETE')))
