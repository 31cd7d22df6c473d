import type pg from "pg";

/** All that the application's schema consists of, a line each, to be compared with another time. Rights that are the default read the same written out. */
export async function schemaPicture(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(pictureQuery);
  return rows.map(({ line }) => line);
}

const pictureQuery = `
  with tables as (select c.* from pg_class c where c.relnamespace = 'public'::regnamespace)
  select line from (
    select format('%s %s owner %s rls %s %s acl %s', relkind, relname, pg_get_userbyid(relowner), relrowsecurity, relforcerowsecurity,
      (select array_agg(a::text order by a::text) from unnest(coalesce(relacl, acldefault('r', relowner))) a)) as line from tables
    union all select format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid))
      from tables c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    union all select format('constraint %s.%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated) from pg_constraint where connamespace = 'public'::regnamespace
    union all select pg_get_indexdef(i.indexrelid) || i.indisvalid::text from pg_index i join tables c on c.oid = i.indrelid
    union all select pg_get_triggerdef(t.oid) || t.tgenabled::text from pg_trigger t join tables c on c.oid = t.tgrelid where not t.tgisinternal
    union all select format('policy %s.%s', polrelid::regclass, polname) from pg_policy p join tables c on c.oid = p.polrelid
    union all select format('function %s', oid::regprocedure) from pg_proc where pronamespace = 'public'::regnamespace
    union all select format('schema %s %s', nspname, (select array_agg(a::text order by a::text) from unnest(coalesce(nspacl, acldefault('n', nspowner))) a)) from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'rowhouse_convert')
    union all select format('database %s', (select array_agg(a::text order by a::text) from unnest(coalesce(datacl, acldefault('d', datdba))) a)) from pg_database where datname = current_database()
  ) picture order by line`;
