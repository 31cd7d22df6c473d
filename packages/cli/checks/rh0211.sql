with movable as (
  select t.oid, string_agg(format('%I', c.rolname), ', ' order by c.rolname) as roles
  from tenant_table as t
  join reach as c on c.relation = t.oid and c.writes
  where has_column_privilege(c.role, t.oid, t.tenant_number, 'UPDATE')
  group by t.oid
),
update_grant as (
  select g.relation, g.grantee, bool_or(g.column_number = 0) as on_table
  from granted as g
  join tenant_table as t on t.oid = g.relation and g.column_number in (0, t.tenant_number)
  where g.privilege = 'UPDATE'
  group by g.relation, g.grantee
),
remedy as (
  select g.relation, string_agg(
    case when g.on_table
      then format('revoke update on %s from %s', t.name, g.grantee)
        || case when o.columns is null then '' else format(e';\ngrant update (%s) on %s to %s', o.columns, t.name, g.grantee) end
      else format('revoke update (%I) on %s from %s', t.tenant_column, t.name, g.grantee) end, e';\n' order by g.grantee) as fix
  from update_grant as g
  join tenant_table as t on t.oid = g.relation
  cross join lateral (
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
    from pg_attribute as a
    where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attnum <> t.tenant_number
      and a.attgenerated = '' and a.attidentity <> 'a') as o
  group by g.relation
)
select null::text,
  t.name,
  '',
  format('%s may update %I, so nothing but a policy keeps rows from moving to another tenant.', m.roles, t.tenant_column),
  r.fix
from movable as m
join tenant_table as t on t.oid = m.oid
left join remedy as r on r.relation = t.oid
