import {
  createInvitations,
  type InvitationReport,
  type NewInvitation,
  resendInvitation,
  type Role,
  RowhouseError,
} from "rowhouse";
import { queueMail } from "@/mail/queue-mail";
import { webSettings } from "@/settings";
import type { Tenant } from "@/tenancy/tenancy";
import { joinPath } from "./join-path";

/** What became of one address, for the person who invites. Never the token: whoever has it counts as the invited person. */
export type InvitationLineReport = Pick<InvitationReport, "line" | "text" | "role" | "outcome">;

interface Inviting {
  readonly addresses: string;
  readonly role: Role;
  /** Who invites, for the mail. */
  readonly inviterName: string;
}

/**
 * Invites the addresses and queues their mails: an invitation whose mail is not queued is not made.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT
 */
export async function inviteByMail(
  tenant: Tenant,
  { inviterName, ...input }: Inviting,
): Promise<InvitationLineReport[]> {
  return tenant.transaction(async (within) => {
    const report = await createInvitations(within, input);
    if (report.length === 0) throw noAddress();
    for (const { invitation, token } of report) {
      if (invitation !== undefined && token !== undefined)
        await queueInvitation(within, { invitation, token }, inviterName);
    }
    return report.map(({ line, text, role, outcome }) => ({ line, text, role, outcome }));
  });
}

/** Sends an invitation once more, with a new link; the old link is dead at once. */
export async function resendByMail(tenant: Tenant, input: { readonly id: string }, inviterName: string): Promise<void> {
  await tenant.transaction(async (within) => {
    await queueInvitation(within, await resendInvitation(within, input), inviterName);
  });
}

/** Where the holder of a token goes. */
export function joinUrl(token: string): string {
  return `${webSettings().publicUrl}${joinPath(token)}`;
}

/** Queues the mail that holds the token, with the transaction of the invitation. */
export async function queueInvitation(
  tenant: Tenant,
  { invitation, token }: NewInvitation,
  inviterName: string,
): Promise<void> {
  const { id: invitationId, email, role, expiresAt } = invitation;
  if (email === null) return;
  const organizationName = tenant.organization.name;
  const data = { invitationId, url: joinUrl(token), organizationName, inviterName, role, expiresAt };
  await queueMail(tenant, { to: email, template: "invitation", data });
}

function noAddress(): RowhouseError {
  const message = "Enter an e-mail address.";
  return new RowhouseError("INVALID_INPUT", message, { fields: [{ field: "addresses", message, code: "REQUIRED" }] });
}
