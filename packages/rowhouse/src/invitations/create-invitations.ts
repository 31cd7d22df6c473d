import { isRole, type Role } from "../access/roles.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { Invitation } from "./invitation.ts";
import { inviteAddresses, type Addressee, type Refusal } from "./invite-addresses.ts";
import { parseInvitedRole } from "./inviting-organization.ts";
import { invalidInvitation, parseEmail } from "./parse-email.ts";
import { parseInvitationLines, type InvitationLine } from "./parse-invitation-lines.ts";

export const mostInvitationsAtOnce = 500;

/** What became of one address of a bulk invitation. */
export interface InvitationReport {
  /** From 1, as the person sees their text; for a list, the place in it. */
  readonly line: number;
  /** As it was received, cut to 254 characters. */
  readonly text: string;
  readonly role: Role;
  readonly outcome: "created" | "not-an-address" | Refusal;
  readonly invitation?: Invitation;
  /** With `created`: for the mail, and for nothing else. */
  readonly token?: string;
}

/**
 * Invites many at once and says of each line what became of it: one bad line costs no good one. Of an address that comes
 * twice, the second is `already-invited`.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT for more than {@link mostInvitationsAtOnce}
 */
export async function createInvitations<DB, P extends string>(
  tenant: Tenant<DB, P | "invitations:create">,
  input: {
    /** Pasted text, CSV, or a list. */
    readonly addresses: string | readonly { readonly email: string; readonly role?: Role | undefined }[];
    /** For addresses without a role of their own. */
    readonly role: Role;
  },
): Promise<InvitationReport[]> {
  tenant.assertCan("invitations:create");
  const fallback = parseInvitedRole(input.role, tenant);
  const lines = parseLines(input.addresses);
  const entries = lines.map(({ line, text, role = fallback }) => ({
    line,
    text: text.slice(0, 254),
    role,
    email: parseEmail(text),
  }));
  return tenant.transaction(async (within) => {
    const addressees = entries.flatMap(({ email, role }): Addressee[] =>
      email === undefined ? [] : [{ email, role }],
    );
    const results = (await inviteAddresses(within, addressees)).values();
    return entries.map(({ email, ...entry }): InvitationReport => {
      const result = email === undefined ? "not-an-address" : (results.next().value ?? "not-an-address");
      return typeof result === "string" ? { ...entry, outcome: result } : { ...entry, outcome: "created", ...result };
    });
  });
}

function parseLines(
  addresses: string | readonly { readonly email: string; readonly role?: Role | undefined }[],
): InvitationLine[] {
  const tooMany = `Invite at most ${mostInvitationsAtOnce} addresses at once.`;
  if (addresses.length > (typeof addresses === "string" ? 400 : 1) * mostInvitationsAtOnce)
    throw invalidInvitation("addresses", tooMany, "TOO_MANY");
  const lines =
    typeof addresses === "string"
      ? parseInvitationLines(addresses)
      : addresses.map(({ email, role }, index): InvitationLine => ({
          line: index + 1,
          text: email,
          role: parseRole(role),
        }));
  if (lines.length > mostInvitationsAtOnce) throw invalidInvitation("addresses", tooMany, "TOO_MANY");
  return lines;
}

function parseRole(role: unknown): Role | undefined {
  if (role === undefined || isRole(role)) return role;
  throw invalidInvitation("role", "Choose one of owner, admin, member and viewer.", "NOT_A_CHOICE");
}
