import { sql } from "kysely";
import { rideOnCommit } from "../database/scoped-driver.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import type { Actor } from "../tenant/actor.ts";
import { auditStatement, type RequestOrigin } from "../tenant/audit-event.ts";
import { assertPerson, type InvitedPerson } from "./invited-person.ts";
import { assertInvitationOpen } from "./inviter-standing.ts";
import { parseEmail } from "./parse-email.ts";
import { withInvitation } from "./with-invitation.ts";

export interface DeclineInvitationInput {
  readonly token: string;
  /** From the session, if there is one: whoever has the mail may decline without an account. */
  readonly user?: InvitedPerson | undefined;
  readonly origin?: RequestOrigin | undefined;
}

/**
 * Says no to an invitation to an address; its seat is free at once. Declining twice is declining once.
 *
 * @throws RowhouseError NOT_FOUND, GONE, CONFLICT for a link, WRONG_ACCOUNT for a session of another address
 */
export async function declineInvitation(
  { pool }: { readonly pool: Pool },
  { token, user, origin }: DeclineInvitationInput,
): Promise<void> {
  if (user !== undefined) assertPerson(user);
  await withInvitation({ pool, token, lock: true }, async (db, invitation) => {
    const { organization, id, kind, email, status } = invitation;
    if (kind === "link")
      throw new RowhouseError(
        "CONFLICT",
        "A link is for several people and cannot be declined. Just do not follow it.",
      );
    if (user !== undefined && parseEmail(user.email) !== email) {
      throw new RowhouseError("WRONG_ACCOUNT", `This invitation is for ${email}. You are signed in as ${user.email}.`);
    }
    if (status === "declined") return;
    assertInvitationOpen(invitation);
    const now = sql<Date>`now()`;
    await db
      .updateTable("rowhouse.invitations")
      .set({ status: "declined", decidedAt: now, updatedAt: now })
      .where("organizationId", "=", organization.id)
      .where("id", "=", id)
      .execute();
    // Without a session nobody is known but the holder of the mail.
    const actor: Actor =
      user === undefined ? { kind: "job", job: "invitation-link" } : { kind: "user", userId: user.id };
    const event = {
      action: "invitation.declined",
      target: { kind: "invitation", id },
      before: { status },
      after: { email },
    };
    await db.executeQuery(
      rideOnCommit(auditStatement(event, { organizationId: organization.id, actor, origin: origin ?? {} })),
    );
  });
}
