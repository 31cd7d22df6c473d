select case when owned.unforced = 0 then 'warn' end,
  quote_ident(a.rolname),
  o.rolname::text,
  concat(
    case when o.oid = a.oid then 'It owns'
      when p.becomes then format('By SET ROLE it can become %I, which owns', o.rolname)
      else format('It has the rights of %I, which owns', o.rolname) end,
    format(' %s of the tenants'' tables, such as %s', owned.tables, owned.example),
    case when owned.unforced = 0 then '. All are forced, but an owner can end that.'
      else format('; on %s of them row security is not forced, so it does not bind their owner.', owned.unforced) end),
  p.revoke
from app_role as a
join power as p on p.role = a.oid
join pg_roles as o on o.oid = p.target
join lateral (
  select count(*) as tables, count(*) filter (where r.relrowsecurity and not r.relforcerowsecurity) as unforced,
    coalesce(min(r.name) filter (where r.relrowsecurity and not r.relforcerowsecurity), min(r.name)) as example
  from relation as r
  where r.relowner = o.oid and r.oid in (select t.oid from tenant_table as t union all select g.organizations from given as g)
) as owned on owned.tables > 0
