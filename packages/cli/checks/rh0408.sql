select null::text,
  'pg_catalog.set_config',
  '',
  format('It can be executed through %s: a statement may change the tenant that its own policies read.', e.grantees),
  format('revoke execute on function pg_catalog.set_config(text, text, boolean) from %s', e.grantees)
from execution as e
where e.oid = 'pg_catalog.set_config(text, text, boolean)'::regprocedure
