select (select level from hijack),
  r.name,
  '',
  format('The policy %s calls it%s, and %s.', p.policy,
    case when p.policies > 1 then format(' (and %s more)', p.policies - 1) else '' end,
    case when named.tables is null then format('it runs as %I along a search_path that its caller can get in front of', pg_get_userbyid(r.proowner))
      else format('it names %s without saying in which schema', named.tables) end),
  format('alter routine %s set search_path = %s, pg_temp', r.name, coalesce(r.given_path, named.schemas, quote_ident(n.nspname)))
from policy_function as p
join routine as r on r.oid = p.oid and not r.resolved
join pg_namespace as n on n.oid = r.pronamespace
cross join lateral (
  select string_agg(distinct quote_ident(t.relname), ', ') as tables, string_agg(distinct quote_ident(t.nspname), ', ') as schemas
  -- A name after FROM or JOIN that neither a schema stands before nor arguments behind.
  from regexp_matches(r.prosrc, '\m(?:from|join)\s+(?:only\s+)?("[^"]+"(?!\s*[.(])|[[:alpha:]_]\w*(?!\w|\s*[.(]))', 'gi') as found (words)
  join relation as t on t.relkind in ('r', 'p', 'v', 'm', 'f')
    and t.relname = case when starts_with(found.words[1], '"') then trim(both '"' from found.words[1]) else lower(found.words[1]) end) as named
where r.prosecdef or named.tables is not null
