select null::text,
  s.object,
  s.name || s.narrowed,
  format('A new session%s%s has %s = %s before anybody has set it.',
    case when s.object in ('database', 'server') then '' else ' of this role' end,
    case when s.object = 'server' then ' in every database' else ' in this database' end,
    s.name, s.value),
  s.reset
from setting as s
where s.serving and s.value <> '' and s.name in (select lower(n) from given as g, unnest(g.settings) as n)
