import { sql, type Transaction } from "kysely";
import { rideOnCommit } from "../database/scoped-driver.ts";
import { auditStatement, type AuditEvent, type RequestOrigin } from "../tenant/audit-event.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { InvitedPerson } from "./invited-person.ts";
import type { TokenInvitation } from "./with-invitation.ts";

interface Joining {
  readonly invitation: TokenInvitation;
  readonly person: Omit<InvitedPerson, "emailVerified">;
  readonly origin: RequestOrigin | undefined;
}

/**
 * Writes the acceptance, the membership and their events. The invitation gives its reserved seat up in the transaction
 * that takes the member's, and seats are counted at commit: nobody needs a second one.
 */
export async function joinByInvitation(
  db: Transaction<ControlPlane>,
  { invitation, person, origin }: Joining,
): Promise<void> {
  const { organization, id, role, kind, email } = invitation;
  await (kind === "email" ? closeInvitation(db, invitation, person.id) : useLink(db, invitation, person.id));
  await db
    .insertInto("rowhouse.memberships")
    .values({
      organizationId: organization.id,
      userId: person.id,
      role,
      name: person.name.slice(0, 200),
      email: person.email,
    })
    .execute();
  const events: readonly AuditEvent[] = [
    { action: "invitation.accepted", target: { kind: "invitation", id }, after: { kind, email } },
    { action: "member.added", target: { kind: "member", id: person.id }, after: { role, email: person.email } },
  ];
  const source = {
    organizationId: organization.id,
    actor: { kind: "user", userId: person.id },
    origin: origin ?? {},
  } as const;
  for (const event of events) await db.executeQuery(rideOnCommit(auditStatement(event, source)));
}

async function closeInvitation(
  db: Transaction<ControlPlane>,
  { organization, id }: TokenInvitation,
  acceptedBy: string,
): Promise<void> {
  const now = sql<Date>`now()`;
  await db
    .updateTable("rowhouse.invitations")
    .set({ status: "accepted", acceptedBy, useCount: 1, decidedAt: now, updatedAt: now })
    .where("organizationId", "=", organization.id)
    .where("id", "=", id)
    .execute();
}

/** The last use of a limited link closes it. */
async function useLink(
  db: Transaction<ControlPlane>,
  { organization, id, useLimit, useCount }: TokenInvitation,
  userId: string,
): Promise<void> {
  const now = sql<Date>`now()`;
  const isLast = useLimit !== null && useCount + 1 >= useLimit;
  await db
    .updateTable("rowhouse.invitations")
    .set({ useCount: useCount + 1, updatedAt: now, ...(isLast ? { status: "accepted" as const, decidedAt: now } : {}) })
    .where("organizationId", "=", organization.id)
    .where("id", "=", id)
    .execute();
  await db
    .insertInto("rowhouse.invitationUses")
    .values({ organizationId: organization.id, invitationId: id, userId })
    .execute();
}
