import type pg from "pg";
import { made } from "./made.ts";

/** Tables of which row security hides rows from the role that asks, as `sql`. */
export async function hiddenTables(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ table: string }>(`
    select pg_catalog.format('%I.%I', n.nspname, c.relname) as table
    from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and ${made} and pg_catalog.row_security_active(c.oid)
    order by n.nspname, c.relname`);
  return rows.map(({ table }) => table);
}
