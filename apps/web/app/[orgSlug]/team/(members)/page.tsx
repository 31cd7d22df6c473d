import { getTranslations } from "next-intl/server";
import { listMembers } from "rowhouse";
import { memberAbilities } from "@/members/member-abilities";
import { MemberList } from "@/members/member-list";
import { parseMemberView } from "@/members/member-view";
import { TeamFrame } from "@/members/team-frame";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";

type Parameters = { orgSlug: string };

export const generateMetadata = organizationMetadata<Parameters>("members:read", async () => ({
  title: (await getTranslations("members"))("tabs.members"),
}));

export default organizationPage<Parameters>("members:read", async (tenant, { params, searchParams }) => {
  const { orgSlug } = await params;
  const view = parseMemberView(await searchParams);
  const page = await listMembers(tenant, view);
  return (
    <TeamFrame orgSlug={orgSlug} current="members">
      <MemberList orgSlug={orgSlug} page={page} view={view} abilities={memberAbilities(tenant)} />
    </TeamFrame>
  );
});
