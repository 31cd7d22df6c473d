import type { Transaction } from "kysely";
import { isAtLeast, type Role } from "../access/roles.ts";
import type { Permissions } from "../access/permissions.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import { invitationGone } from "./lock-invitation.ts";
import type { TokenInvitation } from "./with-invitation.ts";

export interface Inviter {
  readonly name: string;
  readonly role: Role;
}

/** `undefined` when the inviter has left, is suspended or disabled. */
export async function findInviter(
  db: Transaction<ControlPlane>,
  { organization, invitedBy }: TokenInvitation,
): Promise<Inviter | undefined> {
  const member = await db
    .selectFrom("rowhouse.memberships")
    .select(["name", "role"])
    .where("organizationId", "=", organization.id)
    .where("userId", "=", invitedBy)
    .where("status", "=", "active")
    .executeTakeFirst();
  return (
    member ??
    db
      .selectFrom("rowhouse.serviceAccounts")
      .select(["name", "role"])
      .where("organizationId", "=", organization.id)
      .where("id", "=", invitedBy)
      .where("status", "=", "active")
      .executeTakeFirst()
  );
}

/**
 * An invitation is worth what its inviter may do now, not what they might have done when they made it.
 *
 * @throws RowhouseError GONE when the inviter has left, may not invite any more, or stands below the role by now
 */
export async function assertInviterStands<P extends string>(
  db: Transaction<ControlPlane>,
  invitation: TokenInvitation,
  permissions: Permissions<P>,
): Promise<Inviter> {
  const inviter = await findInviter(db, invitation);
  // Every table of permissions has the built-in ones; the type of an unknown table cannot say so.
  const mayInvite = inviter !== undefined && permissions.can(inviter.role, "invitations:create" as P);
  if (!mayInvite || !isAtLeast(inviter.role, invitation.role)) throw invitationGone("created");
  return inviter;
}

/** @throws RowhouseError GONE */
export function assertInvitationOpen({ status, isPast }: TokenInvitation): void {
  if (status !== "created" && status !== "sent") throw invitationGone(status);
  if (isPast) throw invitationGone("expired");
}
