import type { Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { NewInvitation } from "./invitation.ts";
import { inviteAddresses, type Refusal } from "./invite-addresses.ts";
import { memberLimitReached, parseInvitedRole } from "./inviting-organization.ts";
import { parseEmailField } from "./parse-email.ts";

/**
 * Invites an address with a role, for seven days. An open invitation reserves a seat. Nobody invites above their own role.
 *
 * The caller mails the token and calls {@link markInvitationSent}; inside of `tenant.transaction` the mail can be queued with
 * the invitation.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT, CONFLICT for a member or an address that is invited already, MEMBER_LIMIT
 */
export async function createInvitation<DB, P extends string>(
  tenant: Tenant<DB, P | "invitations:create">,
  input: { readonly email: string; readonly role: Role },
): Promise<NewInvitation> {
  tenant.assertCan("invitations:create");
  const email = parseEmailField(input.email);
  const role = parseInvitedRole(input.role, tenant);
  return tenant.transaction(async (within) => {
    const [result] = await inviteAddresses(within, [{ email, role }]);
    if (typeof result === "object") return result;
    throw refuse(result);
  });
}

function refuse(refusal: Refusal | undefined): RowhouseError {
  if (refusal === "no-seat") return memberLimitReached();
  const message =
    refusal === "already-a-member"
      ? "This person is a member already."
      : "This address is invited already. Send that invitation again, or revoke it first.";
  return new RowhouseError("CONFLICT", message, { fields: [{ field: "email", message, code: "TAKEN" }] });
}
