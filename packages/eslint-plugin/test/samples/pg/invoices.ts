import pg from "pg";
import { pool } from "./database/pool"; // expect: no-raw-client

export const other = new pg.Pool(); // expect: no-raw-client

export async function listInvoices(organizationId: string) {
  return pool.query("select * from invoices where organization_id = $1 order by issued_at desc", [organizationId]);
}

export async function payInvoice(id: string) {
  await pool.query("update invoices set paid_at = now() where id = $1", [id]); // expect: no-unscoped-sql
}

export async function inTenant<T>(organizationId: string, work: (client: pg.PoolClient) => Promise<T>) {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('app.organization_id', $1, true)", [organizationId]);
    await client.query("update invoices set seen = true where id = $1", ["1"]);
    const result = await work(client);
    await client.query("commit");
    return result;
  } finally {
    client.release();
  }
}

export async function wrongTenant(client: pg.PoolClient, organizationId: string) {
  await client.query("select set_config('app.organization_id', $1, false)", [organizationId]); // expect: no-session-set
}

const columns = ["number", "total"].join(", ");

export async function report(organizationId: string, from: string) {
  await pool.query(`select ${columns} from invoices where organization_id = $1`, [organizationId]);
  // expect-next: no-unscoped-sql
  return pool.query(`select ${columns} from invoices where organization_id = $1 and issued_at > '${from}'`, [
    organizationId,
  ]);
}

export async function isReady() {
  return (await pool.query("select 1 from pg_catalog.pg_class limit 1")).rowCount === 1;
}
