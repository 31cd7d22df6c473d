with owned as (
  select r.oid, r.name, r.relacl from relation as r
  where r.oid in (select t.oid from tenant_table as t union all select g.organizations from given as g)
),
privilege as (
  select o.oid, o.name, g.privilege_type as verb, null::name as "column" from owned as o, aclexplode(o.relacl) as g where g.grantee = 0
  union all
  select o.oid, o.name, g.privilege_type, c.attname from owned as o
  join pg_attribute as c on c.attrelid = o.oid and c.attacl is not null and not c.attisdropped,
    aclexplode(c.attacl) as g
  where g.grantee = 0
),
summed as (
  select p.oid, p.name,
    string_agg(distinct p.verb, ', ' order by p.verb) as verbs,
    string_agg(lower(p.verb) || coalesce(' (' || quote_ident(p.column) || ')', ''), ', ' order by p.verb, p.column)
      filter (where p.verb in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')) as needed
  from privilege as p group by p.oid, p.name
)
select null::text,
  s.name,
  '',
  format('Every role has %s on it%s.', s.verbs, case when exists (select from privilege as p where p.oid = s.oid and p.column is not null) then ', in part on single columns' else '' end),
  concat(
    'grant ' || s.needed || ' on ' || s.name || ' to ' || (select string_agg(quote_ident(a.rolname), ', ' order by a.rolname) from app_role as a) || e';\n',
    format('revoke all on %s from public', s.name))
from summed as s
