select null::text,
  t.name,
  g.tgname::text,
  format('The trigger %I calls %s, which runs as %I, whom row security does not bind.', g.tgname, r.name, pg_get_userbyid(r.proowner)),
  null::text
from pg_trigger as g
join tenant_table as t on t.oid = g.tgrelid
join routine as r on r.oid = g.tgfoid and r.prosecdef
where not g.tgisinternal and g.tgparentid = 0 and g.tgenabled <> 'D'
  and r.proowner in (select role from bypass where lasting)
  and exists (
    select from app_role as a
    where not a.rolsuper
      and (has_any_column_privilege(a.oid, t.oid, 'INSERT, UPDATE') or has_table_privilege(a.oid, t.oid, 'DELETE')))
