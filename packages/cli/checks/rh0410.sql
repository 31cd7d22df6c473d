select null::text,
  r.name,
  '',
  format('The policy %s calls it%s. It is declared IMMUTABLE and %s.', p.policy,
    case when p.policies > 1 then format(' (and %s more)', p.policies - 1) else '' end,
    case when body.asks then 'reads the session''s context'
      when body.tables is not null then format('reads %s', body.tables)
      else format('calls %s, which is not', body.functions) end),
  format('alter function %s stable', r.name)
from policy_function as p
join routine as r on r.oid = p.oid and r.provolatile = 'i'
cross join lateral (select coalesce(pg_get_function_sqlbody(r.oid), r.prosrc) as text) as source
cross join lateral (
  select source.text ~* '\m(current_setting\s*\(|(current_user|session_user|current_role)\M)' as asks,
    (select string_agg(distinct t.name, ', ')
     from regexp_matches(source.text, '\m(?:from|join)\s+(?:only\s+)?((?:"[^"]+"|[[:alpha:]_]\w*)(?:\s*\.\s*(?:"[^"]+"|[[:alpha:]_]\w*))?)', 'gi') as found (words)
     join relation as t on t.relkind in ('r', 'p', 'v', 'm', 'f')
       and (parse_ident(found.words[1]))[cardinality(parse_ident(found.words[1]))] = t.relname) as tables,
    (select string_agg(distinct f.name, ', ')
     from regexp_matches(source.text, '("[^"]+"|\w+)\s*\(', 'g') as found (words)
     join routine as f on f.proname = trim(both '"' from found.words[1]) and f.provolatile <> 'i') as functions) as body
where body.asks or body.tables is not null or body.functions is not null
