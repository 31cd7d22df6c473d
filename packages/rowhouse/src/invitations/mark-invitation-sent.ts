import { sql } from "kysely";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { getInvitation, type Invitation } from "./invitation.ts";
import { invitationGone, lockInvitation } from "./lock-invitation.ts";

/**
 * Says that the token went out by mail to the invited address. From then on following the link proves the address, so call
 * it when the mail is handed over (or queued in the same transaction), and never for a token that somebody was shown.
 *
 * @throws RowhouseError FORBIDDEN, NOT_FOUND, GONE when it is not open any more
 */
export async function markInvitationSent<DB, P extends string>(
  tenant: Tenant<DB, P | "invitations:create">,
  input: { readonly id: string },
): Promise<Invitation> {
  tenant.assertCan("invitations:create");
  return tenant.transaction(async (within) => {
    const { id, email, status, isPast } = await lockInvitation(within, input.id);
    if (status !== "created" && status !== "sent") throw invitationGone(status);
    if (isPast) throw invitationGone("expired");
    const db = controlPlaneOf(within);
    if (status === "created") {
      const now = sql<Date>`now()`;
      await db
        .updateTable("rowhouse.invitations")
        .set({ status: "sent", sentAt: now, updatedAt: now })
        .where("id", "=", id)
        .execute();
      within.record({ action: "invitation.sent", target: { kind: "invitation", id }, after: { email } });
    }
    return getInvitation(db, id);
  });
}
