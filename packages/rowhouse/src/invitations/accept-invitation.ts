import type { Transaction } from "kysely";
import type { Permissions } from "../access/permissions.ts";
import type { Role } from "../access/roles.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import type { Membership } from "../members/get-membership.ts";
import type { RequestOrigin } from "../tenant/audit-event.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import { assertMeantFor, assertPerson, type InvitedPerson } from "./invited-person.ts";
import { assertInvitationOpen, assertInviterStands } from "./inviter-standing.ts";
import { joinByInvitation } from "./join-by-invitation.ts";
import { withInvitation, type TokenInvitation } from "./with-invitation.ts";

export interface AcceptInvitationInput {
  readonly token: string;
  /** From the session. */
  readonly user: InvitedPerson;
  readonly origin?: RequestOrigin | undefined;
}

/**
 * Makes the person a member, in one transaction, and never changes a membership that is there. The same person accepting
 * again gets the membership that they have: a double click, two tabs and a repeated request are one acceptance.
 *
 * @throws RowhouseError NOT_FOUND, GONE (also when the inviter has left or may not give the role any more), WRONG_ACCOUNT,
 *   CONFLICT for somebody who is a member by other means, MEMBER_LIMIT, ORGANIZATION_SUSPENDED, UNAUTHENTICATED
 */
export async function acceptInvitation<P extends string>(
  { pool, permissions }: { readonly pool: Pool; readonly permissions: Permissions<P> },
  { token, user, origin }: AcceptInvitationInput,
): Promise<Membership> {
  assertPerson(user);
  return withInvitation({ pool, token, lock: true }, async (db, invitation) => {
    const { organization } = invitation;
    const membership = await findMembership(db, organization.id, user.id);
    if (membership?.status === "active" && (await hasAccepted(db, invitation, user.id)))
      return { organization, role: membership.role };
    assertInvitationOpen(invitation);
    assertMeantFor(invitation, user);
    await assertInviterStands(db, invitation, permissions);
    if (membership !== undefined) throw new RowhouseError("CONFLICT", "You are a member of this organization already.");
    if (await hasAccepted(db, invitation, user.id))
      throw new RowhouseError("GONE", "You have used this link before. Ask for a new invitation.");
    await joinByInvitation(db, { invitation, person: user, origin });
    return { organization, role: invitation.role };
  });
}

async function findMembership(
  db: Transaction<ControlPlane>,
  organizationId: string,
  userId: string,
): Promise<{ readonly role: Role; readonly status: "active" | "suspended" } | undefined> {
  return db
    .selectFrom("rowhouse.memberships")
    .select(["role", "status"])
    .where("organizationId", "=", organizationId)
    .where("userId", "=", userId)
    .executeTakeFirst();
}

async function hasAccepted(
  db: Transaction<ControlPlane>,
  { organization, id, kind, acceptedBy }: TokenInvitation,
  userId: string,
): Promise<boolean> {
  if (kind === "email") return acceptedBy === userId;
  const use = await db
    .selectFrom("rowhouse.invitationUses")
    .select("userId")
    .where("organizationId", "=", organization.id)
    .where("invitationId", "=", id)
    .where("userId", "=", userId)
    .executeTakeFirst();
  return use !== undefined;
}
