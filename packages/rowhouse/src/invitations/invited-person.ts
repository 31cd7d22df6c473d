import { validate as isUuid } from "uuid";
import { RowhouseError } from "../errors.ts";
import { parseEmail } from "./parse-email.ts";
import type { TokenInvitation } from "./with-invitation.ts";

/** Who accepts, from a session that was checked. */
export interface InvitedPerson {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
}

/**
 * The session must know the person: without an id or an address there is nobody to make a member.
 *
 * @throws RowhouseError UNAUTHENTICATED
 */
export function assertPerson(person: InvitedPerson): void {
  if (isUuid(person.id) && typeof person.email === "string" && person.email !== "") return;
  throw new RowhouseError("UNAUTHENTICATED", "Sign in to accept the invitation.");
}

/**
 * An invitation to an address is for that address alone, compared without regard to case. That the address is the
 * person's is shown by a verified account, or by the link itself when it came by mail: only that mailbox had it. A link for
 * several people proves nothing, so its domain asks for a verified address.
 *
 * @throws RowhouseError WRONG_ACCOUNT
 */
export function assertMeantFor(invitation: TokenInvitation, person: Omit<InvitedPerson, "id" | "name">): void {
  const { kind, email, sentAt, allowedDomain } = invitation;
  const own = parseEmail(person.email);
  if (kind === "email") {
    if (own !== email) throw wrongAccount(`This invitation is for ${email}. You are signed in as ${person.email}.`);
    if (!person.emailVerified && sentAt === null)
      throw wrongAccount("Verify your address first, then follow the invitation again.");
    return;
  }
  if (allowedDomain === null) return;
  if (own?.slice(own.lastIndexOf("@") + 1) !== allowedDomain) {
    throw wrongAccount(`This link is for addresses at ${allowedDomain}. You are signed in as ${person.email}.`);
  }
  if (!person.emailVerified)
    throw wrongAccount(`This link is for verified addresses at ${allowedDomain}. Verify yours first.`);
}

function wrongAccount(message: string): RowhouseError {
  return new RowhouseError("WRONG_ACCOUNT", message, { fields: [{ field: "email", message, code: "NOT_MATCHING" }] });
}
