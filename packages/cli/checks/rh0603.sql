with kept as (
  select s.object, s.name, s.narrowed, s.value from setting as s
  union all
  select p.oid::regprocedure::text, lower(split_part(x.entry, '=', 1)), '', substr(x.entry, strpos(x.entry, '=') + 1)
  from pg_proc as p, unnest(p.proconfig) as x (entry)
  where not exists (select from pg_depend as d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
)
select null::text,
  k.object,
  k.name || k.narrowed,
  format('Its setting %s holds %s.', k.name, case when looks.like_one then 'what looks like a key, a token or a password' else 'a secret by its name' end),
  null::text
from kept as k
cross join lateral (
  select k.value ~ '^eyJ[\w-]{10,}\.|^(sk|rk|pk)_(live|test)_|^gh[pousr]_\w{20}|^AKIA[A-Z0-9]{16}$|-----BEGIN [A-Z ]*PRIVATE KEY|^\w+://[^/@:\s]+:[^/@\s]+@' as like_one,
    -- Postgres' own settings have no dot and keep no secrets here.
    k.name ~ '[.](.*[._])?\w*(secret|passw(or)?d|passphrase|pwd|token|credentials?|apikey|((api|private|secret|encryption|encrypt|signing|master|access|service|service_role|role|jwt|hmac|auth)_?key)|secret_key_base)$'
      and k.value <> '' and lower(k.value) not in ('on', 'off', 'true', 'false', 'yes', 'no')
      -- A length, a lifetime.
      and k.value !~ '^\d{1,9}\s*[a-z]*$' as named_one
) as looks
where looks.like_one or looks.named_one
