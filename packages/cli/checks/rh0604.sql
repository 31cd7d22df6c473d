select null::text,
  quote_ident(p.pubname),
  '',
  format('It publishes %s of the tenants'' tables without a row filter, such as %s%s.', count(*), min(t.name),
    case when p.puballtables then ', since it is for all tables' else '' end),
  null::text
from pg_publication as p
join pg_publication_tables as v on v.pubname = p.pubname and v.rowfilter is null
join tenant_table as t on t.nspname = v.schemaname and t.relname = v.tablename
group by p.oid, p.pubname, p.puballtables
