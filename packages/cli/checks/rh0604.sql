select null::text,
  quote_ident(p.pubname),
  '',
  format('It publishes %s of the tenants'' tables without a row filter, such as %s%s.', count(*), min(t.name),
    case when p.puballtables then ', since it is for all tables' else '' end),
  null::text
from pg_publication as p
-- Not by the view pg_publication_tables, which takes minutes for thousands of tables.
cross join lateral pg_get_publication_tables(p.pubname::text) as v
join tenant_table as t on t.oid = v.relid
where v.qual is null
group by p.oid, p.pubname, p.puballtables
