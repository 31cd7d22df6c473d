import { noContext } from "../database/context.ts";
import type { Pool } from "../database/pool.ts";
import { assertSafeDatabase } from "./boot-guard.ts";

/**
 * The boot guard over a connection of the pool that is to serve tenants.
 *
 * @throws RowhouseError UNSAFE_DATABASE, DATABASE_UNREACHABLE
 */
export async function guardPool(pool: Pool, tenantTables: readonly string[]): Promise<void> {
  const connection = await pool.acquire();
  try {
    const query = async <R>(text: string, values: unknown[]) =>
      (await connection.run({ text, values }, noContext)) as { rows: R[] };
    await assertSafeDatabase({ query }, tenantTables);
  } finally {
    connection.release();
  }
}
