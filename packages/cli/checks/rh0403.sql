select (select level from hijack),
  r.name,
  '',
  format('It runs as %I, and %s.', pg_get_userbyid(r.proowner),
    case when r.given_path is null then 'looks its names up along its caller''s search_path'
      else format('its search_path (%s) leaves the caller''s temporary tables in front', r.given_path) end),
  format('alter routine %s set search_path = %s, pg_temp', r.name, coalesce(r.given_path, quote_ident(n.nspname)))
from routine as r
join pg_namespace as n on n.oid = r.pronamespace
where r.prosecdef and not r.resolved
  and not exists (select from policy_function as p where p.oid = r.oid)
  and case
    when r.prorettype = 'trigger'::regtype then exists (select from pg_trigger as g where g.tgfoid = r.oid and not g.tgisinternal)
    when r.prorettype = 'event_trigger'::regtype then exists (select from pg_event_trigger as g where g.evtfoid = r.oid)
    else exists (select from execution as e where e.oid = r.oid) end
  and exists (select from app_role as a where not pg_has_role(a.oid, r.proowner, 'USAGE'))
