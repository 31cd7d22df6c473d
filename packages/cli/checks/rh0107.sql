select null::text,
  quote_ident(a.rolname),
  '',
  case when granted.to_all then 'Every role may create temporary tables in this database, and so may this one.'
    else 'It may create temporary tables in this database.' end,
  granted.revoke
from app_role as a
join pg_database as d on d.datname = current_database()
cross join lateral (
  select bool_or(g.grantee = 0) as to_all,
    string_agg(format('revoke temporary on database %I from %s', d.datname,
      case when g.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end), e';\n') as revoke
  from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) as g
  where g.privilege_type = 'TEMPORARY' and g.grantee <> d.datdba
    and (g.grantee = 0 or g.grantee in (select p.target from power as p where p.role = a.oid))
) as granted
where not a.rolsuper and granted.revoke is not null
