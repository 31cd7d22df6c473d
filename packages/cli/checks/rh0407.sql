select null::text,
  r.name,
  '',
  format('It is LEAKPROOF, written in %s, and can be executed through %s: a condition that calls it may run before the policy.', r.lanname, e.grantees),
  format('alter function %s not leakproof', r.name)
from routine as r
join execution as e on e.oid = r.oid
where r.proleakproof
  and not (r.lanname = 'internal' and exists (
    select from pg_proc as b where b.proname = r.prosrc and b.prolang = r.prolang and b.proleakproof and b.oid < 16384))
