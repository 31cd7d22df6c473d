import { sql } from "kysely";
import { RowhouseError } from "../errors.ts";
import { assertMayGive } from "../members/role-ceiling.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { getInvitation, type NewInvitation } from "./invitation.ts";
import { hashInvitationToken, newInvitationToken } from "./invitation-token.ts";
import { invitationDays } from "./invite-addresses.ts";
import { countFreeSeats, inviterOf, memberLimitReached } from "./inviting-organization.ts";
import { invitationGone, lockInvitation } from "./lock-invitation.ts";

/**
 * Gives an open or expired invitation a new token and another seven days; the old token is dead at once. Whoever resends
 * stands for it from now on, so an invitation outlives the member who made it.
 *
 * @throws RowhouseError FORBIDDEN, NOT_FOUND, GONE when it was accepted, declined or revoked, CONFLICT for a link or when
 *   the address has a newer invitation or is a member by now, MEMBER_LIMIT when an expired one finds no seat
 */
export async function resendInvitation<DB, P extends string>(
  tenant: Tenant<DB, P | "invitations:create">,
  input: { readonly id: string },
): Promise<NewInvitation> {
  tenant.assertCan("invitations:create");
  const token = newInvitationToken();
  return tenant.transaction(async (within) => {
    const { id, email, role, status, isPast, memberLimit } = await lockInvitation(within, input.id);
    assertMayGive(within, role);
    if (email === null) throw new RowhouseError("CONFLICT", "A link is not sent. Make a new link instead.");
    if (status === "accepted" || status === "declined" || status === "revoked") throw invitationGone(status);
    await assertStillWanted(within, { id, email });
    // One that has run out reserves no seat any more.
    if ((await countFreeSeats(controlPlaneOf(within), memberLimit)) < (isPast ? 1 : 0)) throw memberLimitReached();
    await controlPlaneOf(within)
      .updateTable("rowhouse.invitations")
      .set({
        status: "created",
        tokenHash: hashInvitationToken(token),
        invitedBy: inviterOf(within.actor),
        expiresAt: sql<Date>`now() + make_interval(days => ${invitationDays})`,
        sentAt: null,
        decidedAt: null,
        updatedAt: sql<Date>`now()`,
      })
      .where("id", "=", id)
      .execute();
    within.record({ action: "invitation.resent", target: { kind: "invitation", id }, after: { email, role } });
    return { invitation: await getInvitation(controlPlaneOf(within), id), token };
  });
}

async function assertStillWanted<DB, P extends string>(
  tenant: Tenant<DB, P>,
  { id, email }: { id: string; email: string },
): Promise<void> {
  const db = controlPlaneOf(tenant);
  const member = await db
    .selectFrom("rowhouse.memberships")
    .select("userId")
    .where(sql<string>`lower(email)`, "=", email)
    .executeTakeFirst();
  if (member !== undefined) throw new RowhouseError("CONFLICT", "This person is a member already.");
  const newer = await db
    .selectFrom("rowhouse.invitations")
    .select("id")
    .where("email", "=", email)
    .where("status", "in", ["created", "sent"])
    .where("id", "!=", id)
    .executeTakeFirst();
  if (newer !== undefined)
    throw new RowhouseError("CONFLICT", "This address has a newer invitation. Send that one again.");
}
