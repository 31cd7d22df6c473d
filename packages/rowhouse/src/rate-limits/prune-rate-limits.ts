import { sql } from "kysely";
import type { Operator } from "../operator/operate.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";

/**
 * Removes counters whose window has ended; nothing misses them. Gives back how many; repeat until that is 0. It waits for
 * nobody.
 */
export async function pruneRateLimits(
  operator: Operator<ControlPlane>,
  input: { readonly limit?: number | undefined } = {},
): Promise<number> {
  const db = operator.acrossTenants;
  const ended = db
    .selectFrom("rowhouse.rateLimits")
    .select("bucket")
    .where(sql<boolean>`resets_at <= now()`)
    .limit(input.limit ?? 10_000)
    .forUpdate()
    .skipLocked();
  const { numDeletedRows } = await db
    .deleteFrom("rowhouse.rateLimits")
    .where("bucket", "in", ended)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
