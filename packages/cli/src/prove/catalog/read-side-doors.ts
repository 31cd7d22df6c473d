import type pg from "pg";
import type { Catalog, Notifier, OwnedSequence } from "./catalog.ts";

/** What is no relation of rows and may still tell of them: counters, triggers that notify, and functions that policies ask. */
export async function readSideDoors(
  client: pg.ClientBase,
): Promise<Pick<Catalog, "sequences" | "notifiers" | "policiesCall">> {
  const sequences = await client.query<OwnedSequence>(`
    select pg_catalog.format('%I.%I', n.nspname, s.relname) as sql, d.refobjid::text as table
    from pg_catalog.pg_class as s
    join pg_catalog.pg_namespace as n on n.oid = s.relnamespace
    join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = s.oid
      and d.refclassid = 'pg_catalog.pg_class'::regclass and d.deptype in ('a', 'i')
    where s.relkind = 'S'
    union
    -- One that a default names without being owned.
    select pg_catalog.format('%I.%I', n.nspname, s.relname), a.adrelid::text
    from pg_catalog.pg_attrdef as a
    join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_attrdef'::regclass and d.objid = a.oid
      and d.refclassid = 'pg_catalog.pg_class'::regclass
    join pg_catalog.pg_class as s on s.oid = d.refobjid and s.relkind = 'S'
    join pg_catalog.pg_namespace as n on n.oid = s.relnamespace
    order by 1, 2`);
  const notifiers = await client.query<Notifier>(`
    select t.tgrelid::text as table, t.tgname as trigger, p.prosrc as source
    from pg_catalog.pg_trigger as t
    join pg_catalog.pg_proc as p on p.oid = t.tgfoid
    where not t.tgisinternal and t.tgenabled <> 'D' and p.prosrc ~* '\\m(pg_notify|notify)\\M'
    order by t.tgrelid, t.tgname`);
  const calls = await client.query(`
    select from pg_catalog.pg_depend as d
    join pg_catalog.pg_proc as p on p.oid = d.refobjid and p.pronamespace <> 'pg_catalog'::regnamespace
    where d.classid = 'pg_catalog.pg_policy'::regclass and d.refclassid = 'pg_catalog.pg_proc'::regclass limit 1`);
  return { sequences: sequences.rows, notifiers: notifiers.rows, policiesCall: calls.rowCount !== 0 };
}
