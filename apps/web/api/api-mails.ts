import type { ApiHooks } from "rowhouse/http";
import { tellOfRole } from "@/members/change-members";
import { queueInvitation } from "@/invitations/invite-by-mail";
import { queueDomainMail } from "@/domains/queue-domain-mail";
import { queueMail } from "@/mail/queue-mail";
import type { Database } from "@/tenancy/database";
import type { Permission } from "@/tenancy/permissions";

/** The mails that changes by the API send: the same as from the pages, in the same transaction as the change. */
export const apiMails: ApiHooks<Database, Permission> = {
  onInvitation: (tenant, created) => queueInvitation(tenant, created, created.invitation.invitedBy.name),
  onRoleChanged: (tenant, { member: { email, role }, actorName }) => tellOfRole(tenant, { email, role, actorName }),
  onMemberRemoved: async (tenant, { email }) => {
    const data = { organizationName: tenant.organization.name };
    if (email !== "") await queueMail(tenant, { to: email, template: "removed", data });
  },
  onDomainMail: queueDomainMail,
};
