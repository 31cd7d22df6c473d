import { sql, type SqlBool } from "kysely";
import type { Operator } from "../operator/operate.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";

/** How long it stays known to whom a mail went, in days. Its content is gone as soon as it was sent or given up. */
export const mailDays = 30;

/** True of an outbox's row that nobody will touch again and that was written long ago. */
export const isOldMail = sql<SqlBool>`status <> 'waiting' and created_at < now() - make_interval(days => ${mailDays})`;

/**
 * Removes mail that was sent or given up, of all organizations, {@link mailDays} days after it was queued. Gives back how many;
 * repeat until that is 0. Mail that waits stays, however old.
 */
export async function pruneMail(
  operator: Operator<ControlPlane>,
  input: { readonly limit?: number | undefined } = {},
): Promise<number> {
  const db = operator.acrossTenants;
  const old = db
    .selectFrom("rowhouse.outbox")
    .select(["organizationId", "id"])
    .where(isOldMail)
    .limit(input.limit ?? 10_000)
    .forUpdate()
    .skipLocked();
  const { numDeletedRows } = await db
    .deleteFrom("rowhouse.outbox")
    .where((eb) => eb(eb.refTuple("organizationId", "id"), "in", old.$asTuple("organizationId", "id")))
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
