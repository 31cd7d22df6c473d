import { getTranslations } from "next-intl/server";
import { listDomains, listJoinRequests } from "rowhouse";
import { firstParameter } from "@/design/first-parameter";
import { DomainSettings } from "@/domains/domain-settings";
import { ClientMessages } from "@/i18n/client-messages";
import { MailboxNote } from "@/mail/mailbox-note";
import { SettingsFrame } from "@/organization-settings/settings-frame";
import { settingsPermissions, settingsTabs } from "@/organization-settings/settings-tabs";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";

type Parameters = { orgSlug: string };

/** As many as somebody decides in one go; the others move up. */
const mostRequests = 50;

export const generateMetadata = organizationMetadata<Parameters>(settingsPermissions.domains, async () => ({
  title: (await getTranslations("domains"))("title"),
}));

export default organizationPage<Parameters>(settingsPermissions.domains, async (tenant, { params, searchParams }) => {
  const { orgSlug } = await params;
  const parameters = await searchParams;
  const [page, requests] = await Promise.all([
    listDomains(tenant, { after: firstParameter(parameters.after), before: firstParameter(parameters.before) }),
    tenant.can("members:update") ? listJoinRequests(tenant, { limit: mostRequests }) : undefined,
  ]);
  return (
    <SettingsFrame orgSlug={orgSlug} tabs={settingsTabs((permission) => tenant.can(permission))} current="domains">
      <MailboxNote />
      <ClientMessages features={["domains"]}>
        <DomainSettings
          orgSlug={orgSlug}
          page={page}
          requests={requests?.items ?? []}
          canChange={tenant.can("domains:update")}
        />
      </ClientMessages>
    </SettingsFrame>
  );
});
