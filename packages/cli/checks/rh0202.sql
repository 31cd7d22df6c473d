select case when o.rolsuper or o.rolbypassrls then 'info' end,
  r.name,
  '',
  case when o.rolsuper or o.rolbypassrls
    then format('Row security is not forced. Its owner %I reads past row security either way; the next owner might not.', o.rolname)
    else format('Row security is on and not forced, so it does not bind %I, who owns the table.', o.rolname) end,
  format('alter table %s force row level security', r.name)
from relation as r
join pg_roles as o on o.oid = r.relowner
where r.relkind in ('r', 'p') and r.relrowsecurity and not r.relforcerowsecurity
  and (r.oid = (select organizations from given) or exists (select from tenant_table as t where t.oid = r.oid))
