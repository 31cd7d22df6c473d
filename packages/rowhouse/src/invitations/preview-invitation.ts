import type { Permissions } from "../access/permissions.ts";
import type { Role } from "../access/roles.ts";
import type { Pool } from "../database/pool.ts";
import { assertInvitationOpen, assertInviterStands } from "./inviter-standing.ts";
import { withInvitation } from "./with-invitation.ts";

/**
 * What the holder of a token may know before signing in. Nothing in it depends on whether the address has an account.
 */
export interface InvitationPreview {
  readonly organization: { readonly slug: string; readonly name: string };
  readonly kind: "email" | "link";
  /** The invited address, which is what the mail went to; `null` for a link. */
  readonly email: string | null;
  /** For a link: at which domain an address must be, verified. */
  readonly allowedDomain: string | null;
  readonly role: Role;
  readonly inviterName: string;
  readonly expiresAt: Date;
}

/** @throws RowhouseError NOT_FOUND for an unknown token, GONE, ORGANIZATION_SUSPENDED */
export async function previewInvitation<P extends string>(
  { pool, permissions }: { readonly pool: Pool; readonly permissions: Permissions<P> },
  token: string,
): Promise<InvitationPreview> {
  return withInvitation({ pool, token, lock: false }, async (db, invitation) => {
    assertInvitationOpen(invitation);
    const { name: inviterName } = await assertInviterStands(db, invitation, permissions);
    const { organization, kind, email, allowedDomain, role, expiresAt } = invitation;
    return {
      organization: { slug: organization.slug, name: organization.name },
      kind,
      email,
      allowedDomain,
      role,
      inviterName,
      expiresAt,
    };
  });
}
