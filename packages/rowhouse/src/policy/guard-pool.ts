import type { Pool } from "../database/pool.ts";
import { assertSafeDatabase, type GuardTables } from "./boot-guard.ts";
import type { GuardSeal } from "./judge-sealing.ts";
import { guardConnection } from "./guard-connection.ts";

/**
 * The boot guard over a connection of the pool that is to serve tenants.
 *
 * @throws RowhouseError UNSAFE_DATABASE, DATABASE_UNREACHABLE
 */
export async function guardPool(pool: Pool, tables: GuardTables, seal?: GuardSeal): Promise<void> {
  const connection = await pool.acquire();
  try {
    await assertSafeDatabase(guardConnection(connection), tables, seal);
  } finally {
    connection.release();
  }
}
