import type pg from "pg";
import { readTables } from "../catalog/read-tables.ts";
import type { Schema } from "../phases/schema.ts";

/**
 * The same for a client that is in no transaction. Names are written out as for the plan, whatever the role's own search path: types and
 * expressions are, and so the fingerprint, by what of them it finds.
 */
export async function readSchemaNow(client: pg.ClientBase): Promise<Schema> {
  await client.query("begin read only; set local search_path = pg_catalog");
  try {
    return await readSchema(client);
  } finally {
    await client.query("rollback");
  }
}

/** Reads what the steps of a conversion are planned from, in a transaction whose search path is the catalog. */
export async function readSchema(client: pg.ClientBase): Promise<Schema> {
  const about = await client.query<Omit<Schema, "tables">>(aboutQuery);
  const tables = await readTables(client);
  const [first] = about.rows;
  if (first === undefined) throw new TypeError("A query without FROM gives one row.");
  return { ...first, tables: tables.map((table) => ({ ...table, rows: Math.max(table.rows, 0) })) };
}

const aboutQuery = `
  select current_database() as database,
    to_regnamespace('rowhouse') is not null as "hasControlPlane",
    to_regnamespace('graphile_worker') is not null as "hasJobQueue",
    exists (select from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
      where n.nspname = 'public' and a.grantee = 0 and a.privilege_type = 'CREATE') as "publicMayCreate",
    exists (select from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
      where d.datname = current_database() and a.grantee = 0 and a.privilege_type = 'TEMPORARY') as "publicMayMakeTemporary",
    array(select rolname::text from pg_roles where rolsuper or rolbypassrls order by 1) as "unboundRoles"`;
