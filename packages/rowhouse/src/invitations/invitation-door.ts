import type { Transaction } from "kysely";
import type { Permissions } from "../access/permissions.ts";
import type { Membership } from "../members/get-membership.ts";
import type { Profile } from "../organizations/create-organization.ts";
import type { Organization } from "../tenant/organization.ts";
import type { TenancyParts } from "../tenant/tenancy-parts.ts";
import { acceptInvitation, type AcceptInvitationInput } from "./accept-invitation.ts";
import { declineInvitation, type DeclineInvitationInput } from "./decline-invitation.ts";
import { previewInvitation, type InvitationPreview } from "./preview-invitation.ts";
import {
  signUpWithInvitation,
  type InvitedAddress,
  type SignUpWithInvitationInput,
} from "./sign-up-with-invitation.ts";

interface InvitationDoorParts<P extends string> extends TenancyParts {
  readonly permissions: Permissions<P>;
}

/** What the holder of an invitation's token may do before they are a member: `tenancy.invitations`. */
export class InvitationDoor<P extends string> {
  readonly #parts: InvitationDoorParts<P>;

  constructor(parts: InvitationDoorParts<P>) {
    this.#parts = parts;
  }

  /**
   * What the holder of a token may know before signing in; the same whether the address has an account or not.
   *
   * @throws RowhouseError NOT_FOUND for an unknown token, GONE, ORGANIZATION_SUSPENDED
   */
  async preview(token: string): Promise<InvitationPreview> {
    await this.#parts.start();
    return previewInvitation(this.#asRuntime(), token);
  }

  /**
   * Makes the user of a checked session a member. Accepting twice is accepting once; a membership that is there never changes.
   *
   * @throws RowhouseError NOT_FOUND, GONE, WRONG_ACCOUNT, CONFLICT, MEMBER_LIMIT, ORGANIZATION_SUSPENDED, UNAUTHENTICATED
   */
  async accept(input: AcceptInvitationInput): Promise<Membership> {
    await this.#parts.start();
    return acceptInvitation(this.#asRuntime(), input);
  }

  /** @throws RowhouseError NOT_FOUND, GONE, CONFLICT for a link, WRONG_ACCOUNT */
  async decline(input: DeclineInvitationInput): Promise<void> {
    await this.#parts.start();
    return declineInvitation(this.#asRuntime(), input);
  }

  /**
   * A sign-up for somebody invited: `createUser` writes the user, with the invitation's address where it has one; then comes
   * the membership, in the same transaction.
   *
   * @throws RowhouseError NOT_FOUND, GONE, WRONG_ACCOUNT, MEMBER_LIMIT, ORGANIZATION_SUSPENDED, and what `createUser` throws
   */
  async signUp<Tables>(
    input: SignUpWithInvitationInput,
    createUser: (db: Transaction<Tables>, address: InvitedAddress) => Promise<Profile & { readonly id: string }>,
  ): Promise<{ readonly userId: string; readonly organization: Organization }> {
    await this.#parts.start();
    const { pools, permissions } = this.#parts;
    return signUpWithInvitation({ pool: pools.identity, permissions }, input, createUser);
  }

  #asRuntime() {
    return { pool: this.#parts.pools.runtime, permissions: this.#parts.permissions };
  }
}
