select null::text,
  quote_ident(s.slot_name),
  '',
  format('It hands the changes of all tenants to a reader by the plugin %s; %s.', s.plugin,
    case when s.active then 'somebody is reading now' else 'nobody is reading now' end),
  null::text
from pg_replication_slots as s
-- A physical slot has no database.
where s.database = current_database() and not s.temporary
