import { getTranslations } from "next-intl/server";
import { permissionMatrix } from "rowhouse";
import { RoleMatrix } from "@/members/role-matrix";
import { TeamFrame } from "@/members/team-frame";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";
import { permissions } from "@/tenancy/permissions";

type Parameters = { orgSlug: string };

export const generateMetadata = organizationMetadata<Parameters>("members:read", async () => ({
  title: (await getTranslations("members"))("tabs.roles"),
}));

export default organizationPage<Parameters>("members:read", async (tenant, { params }) => {
  const { orgSlug } = await params;
  return (
    <TeamFrame orgSlug={orgSlug} current="roles">
      <RoleMatrix rows={permissionMatrix(permissions)} own={tenant.role} />
    </TeamFrame>
  );
});
