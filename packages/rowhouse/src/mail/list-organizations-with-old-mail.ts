import { sql, type SqlBool } from "kysely";
import type { Operator } from "../operator/operate.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";

/** Longer than any wait between two tries. */
export const isForgotten = sql<SqlBool>`status = 'waiting' and next_attempt_at < now() - interval '1 hour'`;

/**
 * Active organizations with mail that should have been tried an hour ago: its job ended without it, as while the organization
 * was suspended. `Mail.requeue` puts it back, in a scope of each.
 */
export async function listOrganizationsWithOldMail(operator: Operator<ControlPlane>): Promise<string[]> {
  const db = operator.acrossTenants;
  const rows = await db
    .selectFrom("rowhouse.organizations")
    .select("id")
    .where("status", "=", "active")
    .where("id", "in", db.selectFrom("rowhouse.outbox").select("organizationId").where(isForgotten))
    .orderBy("id")
    .limit(1000)
    .execute();
  return rows.map(({ id }) => id);
}
