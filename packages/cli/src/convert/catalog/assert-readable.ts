import type pg from "pg";
import { RowhouseError } from "rowhouse";
import { made } from "./made.ts";

/**
 * What rows say decides much of a plan. A role that may not look would get another plan, and nobody would notice.
 *
 * @throws RowhouseError INVALID_INPUT that names the tables and what to grant
 */
export async function assertReadable(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ role: string; table: string; grant: string }>(forbidden);
  const [first] = rows;
  if (first === undefined) return;
  const tables = [...new Set(rows.map(({ table }) => table))].join(", ");
  const grants = [...new Set(rows.map(({ grant }) => grant))].sort().reverse().join(" ");
  throw new RowhouseError(
    "INVALID_INPUT",
    `The role ${first.role} may not read ${tables}. Connect as another, or grant it: ${grants}`,
  );
}

const forbidden = `
  select current_user as role, pg_catalog.format('%I.%I', n.nspname, c.relname) as table,
    case what.is_schema when true then pg_catalog.format('grant usage on schema %I to %I;', n.nspname, current_user)
      else pg_catalog.format('grant select on %I.%I to %I;', n.nspname, c.relname, current_user) end as grant
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  cross join (values (true), (false)) as what (is_schema)
  where c.relkind in ('r', 'p') and not c.relispartition and ${made}
    and case what.is_schema when true then not pg_catalog.has_schema_privilege(n.oid, 'usage')
      else not pg_catalog.has_table_privilege(c.oid, 'select') end
  order by n.nspname, c.relname, what.is_schema desc`;
