select null::text,
  quote_ident(p.pubname),
  '',
  format('It publishes %s of the tenants'' tables without a row filter, such as %s%s.', count(*), min(v.relid::regclass::text),
    case when p.puballtables then ', since it is for all tables' else '' end),
  null::text
from pg_publication as p
-- Not by the view pg_publication_tables, which takes minutes for thousands of tables.
cross join lateral pg_get_publication_tables(p.pubname::text) as v
-- `is true` makes Postgres hash the tables; as a join it would compare every one with every other.
where v.qual is null and (v.relid in (select t.oid from tenant_table as t)) is true
group by p.oid, p.pubname, p.puballtables
