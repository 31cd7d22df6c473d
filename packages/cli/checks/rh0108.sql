with owned as (
  select r.oid, r.name, r.relowner, r.relacl from relation as r
  where r.oid in (select t.oid from tenant_table as t union all select g.organizations from given as g)
),
privilege as (
  select o.oid, o.name, g.grantee, g.privilege_type as verb from owned as o, aclexplode(o.relacl) as g
  where g.grantee <> o.relowner and g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
  union
  -- Of single columns, only REFERENCES is of this kind.
  select o.oid, o.name, g.grantee, 'REFERENCES' from owned as o
  join pg_attribute as c on c.attrelid = o.oid and c.attacl is not null and not c.attisdropped,
    aclexplode(c.attacl) as g
  where g.grantee <> o.relowner and g.privilege_type = 'REFERENCES'
),
by_grantee as (
  select p.oid, p.name, p.grantee, string_agg(p.verb, ', ' order by p.verb desc) as verbs, bool_or(p.verb = 'TRUNCATE') as truncates
  from privilege as p group by p.oid, p.name, p.grantee
)
select case when not bool_or(b.truncates) then 'warn' end,
  b.name,
  a.rolname::text,
  format('%I has %s on it%s.', a.rolname, string_agg(distinct b.verbs, ', '), case when bool_or(b.grantee = 0) then ', as every role has' else '' end),
  string_agg(format('revoke %s on %s from %s', lower(b.verbs), b.name,
    case when b.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(b.grantee)) end), e';\n' order by b.grantee)
from by_grantee as b
join app_role as a on not a.rolsuper
left join power as p on p.role = a.oid and p.target = b.grantee
where b.grantee = 0 or p.target is not null
group by b.oid, b.name, a.oid, a.rolname
