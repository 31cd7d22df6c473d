with unguarded as (
  select string_agg(m.tag, ', ' order by m.tag) as tags
  from unnest(array['CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO']) as m (tag)
  where not exists (
    select from pg_event_trigger as e
    where e.evtevent = 'ddl_command_end' and e.evtenabled in ('O', 'A') and (e.evttags is null or m.tag = any (e.evttags))
      and not exists (
        select from pg_depend as d
        where d.classid = 'pg_event_trigger'::regclass and d.objid = e.oid and d.deptype = 'e'))
)
select null::text,
  'pg_catalog.pg_event_trigger',
  '',
  format('No event trigger looks at the tables that these make: %s.', u.tags),
  null::text
from unguarded as u
where u.tags is not null
