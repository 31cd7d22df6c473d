/** Of `pg_class c` and `pg_namespace n`, what a person made: not the system's, an extension's, a job queue's, or Rowhouse's own. */
export const made = `
  n.nspname <> 'information_schema' and n.nspname !~ '^pg_' and n.nspname !~ '^rowhouse' and n.nspname <> 'graphile_worker'
  and c.relpersistence <> 't'
  and not exists (
    select from pg_catalog.pg_depend as d
    where d.refclassid = 'pg_catalog.pg_extension'::regclass and d.classid = 'pg_catalog.pg_class'::regclass
      and d.objid = c.oid and d.deptype = 'e')`;
