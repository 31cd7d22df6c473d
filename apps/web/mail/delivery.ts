import { deliverMailsOf, isRowhouseError, markInvitationSent, type MailDelivery, type MailTransport } from "rowhouse";
import type { Database } from "../tenancy/database.ts";
import type { Permission } from "../tenancy/permissions.ts";
import type { Tenant } from "../tenancy/tenancy.ts";
import { mailTemplates } from "./mail-templates.ts";
import { mail } from "./mail.ts";
import { renderMail } from "./templates/render-mail.tsx";

/** Sends the product's mails, in the process of the worker. */
export function delivery(transport: MailTransport): MailDelivery<Database, Permission> {
  return deliverMailsOf<Database, Permission>(mail(), {
    render: renderMail,
    transport,
    permissions: ["invitations:create"],
    onSent: async (tenant, { template, data }) => {
      if (template === "invitation") await sayInvitationSent(tenant, mailTemplates.invitation.parse(data).invitationId);
    },
  });
}

/** The mail is out; that the invitation was answered, revoked or deleted meanwhile changes nothing about that. */
async function sayInvitationSent(tenant: Tenant, id: string): Promise<void> {
  try {
    await markInvitationSent(tenant, { id });
  } catch (error) {
    if (!isRowhouseError(error, "GONE") && !isRowhouseError(error, "NOT_FOUND")) throw error;
  }
}
