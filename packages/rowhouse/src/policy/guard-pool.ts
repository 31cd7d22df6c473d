import type { Pool } from "../database/pool.ts";
import { assertSafeDatabase } from "./boot-guard.ts";
import { guardConnection } from "./guard-connection.ts";

/**
 * The boot guard over a connection of the pool that is to serve tenants.
 *
 * @throws RowhouseError UNSAFE_DATABASE, DATABASE_UNREACHABLE
 */
export async function guardPool(pool: Pool, tenantTables: readonly string[]): Promise<void> {
  const connection = await pool.acquire();
  try {
    await assertSafeDatabase(guardConnection(connection), tenantTables);
  } finally {
    connection.release();
  }
}
