import type { Transaction } from "kysely";
import type { Permissions } from "../access/permissions.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import type { Profile } from "../organizations/create-organization.ts";
import type { RequestOrigin } from "../tenant/audit-event.ts";
import type { Organization } from "../tenant/organization.ts";
import { assertMeantFor } from "./invited-person.ts";
import { assertInvitationOpen, assertInviterStands } from "./inviter-standing.ts";
import { joinByInvitation } from "./join-by-invitation.ts";
import { parseEmail } from "./parse-email.ts";
import { withInvitation, type TokenInvitation } from "./with-invitation.ts";

/** The address that the new account gets: fixed and proven by the mail that brought the token; `null` with a link. */
export interface InvitedAddress {
  readonly email: string | null;
  readonly emailVerified: boolean;
}

export interface SignUpWithInvitationInput {
  readonly token: string;
  readonly origin?: RequestOrigin | undefined;
}

type CreateUser<Tables> = (
  db: Transaction<Tables>,
  address: InvitedAddress,
) => Promise<Profile & { readonly id: string }>;

/**
 * A new person and their membership, in one transaction; no organization of their own. If any part fails nothing remains.
 * Runs as the identity role, which alone writes users.
 *
 * @throws RowhouseError NOT_FOUND, GONE, MEMBER_LIMIT, ORGANIZATION_SUSPENDED, WRONG_ACCOUNT for another address than the
 *   invited one or when nothing proves the address, and what `createUser` throws
 */
export async function signUpWithInvitation<P extends string, Tables>(
  { pool, permissions }: { readonly pool: Pool; readonly permissions: Permissions<P> },
  { token, origin }: SignUpWithInvitationInput,
  createUser: CreateUser<Tables>,
): Promise<{ readonly userId: string; readonly organization: Organization }> {
  return withInvitation({ pool, token, lock: true }, async (db, invitation) => {
    assertInvitationOpen(invitation);
    await assertInviterStands(db, invitation, permissions);
    const address = provenAddress(invitation);
    const person = await createUser(db as unknown as Transaction<Tables>, address);
    if (address.email !== null && parseEmail(person.email) !== address.email) {
      throw new RowhouseError("WRONG_ACCOUNT", `This invitation is for ${address.email}. Sign up with that address.`);
    }
    await joinByInvitation(db, { invitation, person, origin });
    return { userId: person.id, organization: invitation.organization };
  });
}

/** A new account has proven nothing but what the token itself proves. */
function provenAddress(invitation: TokenInvitation): InvitedAddress {
  const { email, sentAt, allowedDomain } = invitation;
  if (email !== null) {
    assertMeantFor(invitation, { email, emailVerified: false });
    return { email, emailVerified: sentAt !== null };
  }
  if (allowedDomain === null) return { email: null, emailVerified: false };
  throw new RowhouseError(
    "WRONG_ACCOUNT",
    `This link is for verified addresses at ${allowedDomain}. Sign up, verify yours, then follow the link again.`,
  );
}
