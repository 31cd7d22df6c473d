import { getTranslations } from "next-intl/server";
import { listInvitations } from "rowhouse";
import { InvitationList } from "@/invitations/invitation-list";
import { parseInvitationView } from "@/invitations/invitation-view";
import { MailboxNote } from "@/mail/mailbox-note";
import { grantableRoles } from "@/members/member-abilities";
import { TeamFrame } from "@/members/team-frame";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";

type Parameters = { orgSlug: string };

export const generateMetadata = organizationMetadata<Parameters>("invitations:read", async () => ({
  title: (await getTranslations("members"))("tabs.invitations"),
}));

export default organizationPage<Parameters>("invitations:read", async (tenant, { params, searchParams }) => {
  const { orgSlug } = await params;
  const view = parseInvitationView(await searchParams);
  const { status, ...input } = view;
  const page = await listInvitations(tenant, { ...input, status: status === "all" ? undefined : status });
  return (
    <TeamFrame orgSlug={orgSlug} current="invitations">
      <MailboxNote />
      <InvitationList
        orgSlug={orgSlug}
        page={page}
        view={view}
        abilities={{
          create: tenant.can("invitations:create"),
          revoke: tenant.can("invitations:revoke"),
          grantable: grantableRoles(tenant),
        }}
      />
    </TeamFrame>
  );
});
