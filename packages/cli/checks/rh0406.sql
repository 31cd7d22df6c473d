select null::text,
  c.name,
  w.rulename::text,
  format('The rule %I touches %s as %I, whom row security does not bind.',
    w.rulename, string_agg(distinct b.table_name, ', '), pg_get_userbyid(c.relowner)),
  format('drop rule %I on %s', w.rulename, c.name)
from pg_rewrite as w
join relation as c on c.oid = w.ev_class
join pg_depend as d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
join bypass as b on b.role = c.relowner and b.tenant_table = d.refobjid and b.relrowsecurity
where w.rulename <> '_RETURN' and w.ev_enabled <> 'D'
  -- Nothing is what it does.
  and w.ev_action::text <> '<>'
  and exists (
    select from app_role as a
    where not a.rolsuper
      and (has_any_column_privilege(a.oid, c.oid, 'INSERT, UPDATE') or has_table_privilege(a.oid, c.oid, 'DELETE')))
group by c.name, c.relowner, w.rulename
