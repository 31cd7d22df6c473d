import { getTranslations } from "next-intl/server";
import { listServiceAccounts } from "rowhouse";
import { firstParameter } from "@/design/first-parameter";
import { grantableRoles } from "@/members/member-abilities";
import { ServiceAccountList } from "@/members/service-account-list";
import { TeamFrame } from "@/members/team-frame";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";

type Parameters = { orgSlug: string };

export const generateMetadata = organizationMetadata<Parameters>("service-accounts:read", async () => ({
  title: (await getTranslations("members"))("tabs.serviceAccounts"),
}));

export default organizationPage<Parameters>("service-accounts:read", async (tenant, { params, searchParams }) => {
  const { orgSlug } = await params;
  const parameters = await searchParams;
  const [after, before] = [firstParameter(parameters.after), firstParameter(parameters.before)];
  const search = firstParameter(parameters.q)?.trim() ?? "";
  const page = await listServiceAccounts(tenant, { search, after, before });
  return (
    <TeamFrame orgSlug={orgSlug} current="serviceAccounts">
      <ServiceAccountList
        orgSlug={orgSlug}
        page={page}
        search={search}
        narrowed={search !== "" || after !== undefined || before !== undefined}
        abilities={{
          create: tenant.can("service-accounts:create"),
          update: tenant.can("service-accounts:update"),
          grantable: grantableRoles(tenant).filter((role) => role !== "owner"),
        }}
      />
    </TeamFrame>
  );
});
