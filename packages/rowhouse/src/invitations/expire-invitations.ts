import { CompiledQuery, sql } from "kysely";
import { enterOrganization } from "../operator/enter-organization.ts";
import type { Operator } from "../operator/operate.ts";
import { auditStatement } from "../tenant/audit-event.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import { isOverdue } from "./invitation.ts";

const actor = { kind: "job", job: "expire-invitations" } as const;

/**
 * The nightly sweep: writes down, with an event each, which open invitations have run out. Nothing waits for it, because an
 * overdue invitation counts as expired everywhere; it makes the log complete and the tables plain to read. It crosses
 * tenants, so it is the operator's. Gives back how many it closed; repeat until that is 0. It waits for nobody: an
 * organization at work is left for the next run.
 */
export async function expireInvitations(
  operator: Operator<ControlPlane>,
  input: { readonly limit?: number } = {},
): Promise<number> {
  const db = operator.acrossTenants;
  const organizations = await db
    .selectFrom("rowhouse.organizations as o")
    .select("o.id")
    .where("o.id", "in", db.selectFrom("rowhouse.invitations").select("organizationId").where(isOverdue))
    .orderBy("o.id")
    .limit(100)
    .forNoKeyUpdate()
    .skipLocked()
    .execute();
  if (organizations.length === 0) return 0;
  const ids = organizations.map(({ id }) => id);
  const overdue = db
    .selectFrom("rowhouse.invitations")
    .select(["organizationId", "id"])
    .where("organizationId", "in", ids)
    .where(isOverdue);
  const expired = await db
    .updateTable("rowhouse.invitations as t")
    .from(
      overdue
        .orderBy("organizationId")
        .limit(input.limit ?? 1000)
        .as("overdue"),
    )
    .whereRef("t.organizationId", "=", "overdue.organizationId")
    .whereRef("t.id", "=", "overdue.id")
    .set({ status: "expired", decidedAt: sql<Date>`t.expires_at`, updatedAt: sql<Date>`now()` })
    .returning(["t.organizationId", "t.id", "t.email"])
    .execute();
  for (const organizationId of ids) {
    await enterOrganization(db, organizationId);
    for (const { id, email } of expired.filter((one) => one.organizationId === organizationId)) {
      const event = {
        action: "invitation.expired",
        target: { kind: "invitation", id },
        after: { email },
        reason: operator.reason,
      };
      const { text, values } = auditStatement(event, { organizationId, actor, origin: {} });
      await db.executeQuery(CompiledQuery.raw(text, [...values]));
    }
  }
  return expired.length;
}
