select case when p.oid is null then null else 'info' end,
  r.name,
  '',
  format('It runs as %I, who reads past row security on %s, and can be executed through %s.%s',
    pg_get_userbyid(r.proowner), b.tables, e.grantees, ' The policy ' || p.policy || ' calls it.'),
  case when p.oid is null then format('revoke execute on routine %s from %s', r.name, e.grantees) end
from routine as r
join execution as e on e.oid = r.oid
join (
  select role, case when count(*) = 1 then min(table_name) else format('%s and %s more', min(table_name), count(*) - 1) end as tables
  from bypass
  where lasting
  group by role) as b on b.role = r.proowner
left join policy_function as p on p.oid = r.oid
where r.prosecdef and r.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
  -- A parsed body says what it touches.
  and (r.prosqlbody is null or exists (
    select from pg_depend as d
    left join tenant_table as t on d.refclassid = 'pg_class'::regclass and t.oid = d.refobjid
    left join relation as v on d.refclassid = 'pg_class'::regclass and v.oid = d.refobjid and v.relkind = 'v'
    where d.classid = 'pg_proc'::regclass and d.objid = r.oid
      and (t.oid is not null or v.oid is not null or d.refclassid = 'pg_proc'::regclass)))
