import type { Operator } from "../operator/operate.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import { isPast } from "./run-idempotently.ts";

/**
 * Removes answers that are kept no longer, of all organizations. Gives back how many; repeat until that is 0. It waits for
 * nobody.
 */
export async function pruneIdempotencyKeys(
  operator: Operator<ControlPlane>,
  input: { readonly limit?: number | undefined } = {},
): Promise<number> {
  const db = operator.acrossTenants;
  const past = db
    .selectFrom("rowhouse.idempotencyKeys")
    .select(["organizationId", "actorId", "key"])
    .where(isPast)
    .limit(input.limit ?? 10_000)
    .forUpdate()
    .skipLocked();
  const { numDeletedRows } = await db
    .deleteFrom("rowhouse.idempotencyKeys")
    .where((eb) =>
      eb(eb.refTuple("organizationId", "actorId", "key"), "in", past.$asTuple("organizationId", "actorId", "key")),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
