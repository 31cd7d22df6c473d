with login as (
  select e.app, a.rolname as app_name, r.oid, r.rolname, r.rolsuper
  from entrance as e
  join pg_roles as a on a.oid = e.app and not a.rolcanlogin and not a.rolsuper
  join pg_roles as r on r.oid = e.role and r.rolcanlogin
),
tenant_owner as (
  select t.relowner as oid, bool_or(t.relrowsecurity and not t.relforcerowsecurity) as unforced from tenant_table as t group by t.relowner
),
strength as (
  select l.app, l.oid, case when t.rolsuper then 1 when t.rolbypassrls then 2 end as rank,
    concat(case when t.oid <> l.oid then format('can become %I, which ', t.rolname) end,
      case when t.rolsuper then 'is a superuser' else 'has BYPASSRLS' end) as what
  from login as l
  join becomes as b on b.role = l.oid
  join pg_roles as t on t.oid = b.target and (t.rolsuper or t.rolbypassrls)
  -- What the serving role can become too is told of the serving role.
  where not exists (select from becomes as o where o.role = l.app and o.target = t.oid)
  union all
  select l.app, l.oid, case when o.unforced then 3 else 4 end,
    case when o.oid = l.oid then 'owns tenant tables' else format('has the rights of %I, which owns tenant tables', pg_get_userbyid(o.oid)) end
  from login as l
  join power as p on p.role = l.oid
  join tenant_owner as o on o.oid = p.target
  where not exists (select from power as q where q.role = l.app and q.target = o.oid)
),
strongest as (
  select distinct on (s.app, s.oid) s.* from strength as s order by s.app, s.oid, s.rank, s.what
)
select case when s.rank = 4
    or exists (select from login as w where w.app = l.app and not exists (select from strongest as o where o.app = w.app and o.oid = w.oid)) then 'warn' end,
  quote_ident(l.rolname),
  l.app_name::text,
  format('It logs in and becomes %I by SET ROLE. Itself it %s.', l.app_name, s.what),
  null::text
from strongest as s
join login as l on l.app = s.app and l.oid = s.oid
