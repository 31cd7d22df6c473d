import { sql } from "kysely";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { getInvitation, type Invitation } from "./invitation.ts";
import { assertWithinCeiling } from "./inviting-organization.ts";
import { invitationGone, lockInvitation } from "./lock-invitation.ts";

/**
 * Takes an invitation or a link back; its seat is free at once. Doing it twice is doing it once.
 *
 * @throws RowhouseError FORBIDDEN, NOT_FOUND, GONE when it was accepted, declined or has expired
 */
export async function revokeInvitation<DB, P extends string>(
  tenant: Tenant<DB, P | "invitations:revoke">,
  input: { readonly id: string },
): Promise<Invitation> {
  tenant.assertCan("invitations:revoke");
  return tenant.transaction(async (within) => {
    const { id, email, role, status, isPast } = await lockInvitation(within, input.id);
    assertWithinCeiling(role, within.role);
    const db = controlPlaneOf(within);
    if (status === "revoked") return getInvitation(db, id);
    if (status !== "created" && status !== "sent") throw invitationGone(status);
    if (isPast) throw invitationGone("expired");
    await db
      .updateTable("rowhouse.invitations")
      .set({ status: "revoked", decidedAt: sql<Date>`now()`, updatedAt: sql<Date>`now()` })
      .where("id", "=", id)
      .execute();
    within.record({
      action: "invitation.revoked",
      target: { kind: "invitation", id },
      before: { status },
      after: { email, role },
    });
    return getInvitation(db, id);
  });
}
