import { getTranslations } from "next-intl/server";
import { firstParameter } from "@/design/first-parameter";
import { ConfirmDomainForm } from "@/domains/confirm-domain-form";
import { ClientMessages } from "@/i18n/client-messages";
import { SettingsFrame } from "@/organization-settings/settings-frame";
import { SettingsSection } from "@/organization-settings/settings-section";
import { settingsTabs } from "@/organization-settings/settings-tabs";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";

type Parameters = { orgSlug: string };

export const generateMetadata = organizationMetadata<Parameters>("domains:update", async () => ({
  title: (await getTranslations("domains"))("confirm.title"),
  // The address holds the token.
  referrer: "no-referrer",
}));

/** Where the link of a mail leads. Only the button confirms: scanners of mails follow links. */
export default organizationPage<Parameters>("domains:update", async (tenant, { params, searchParams }) => {
  const { orgSlug } = await params;
  const token = firstParameter((await searchParams).token) ?? "";
  const t = await getTranslations("domains.confirm");
  return (
    <SettingsFrame orgSlug={orgSlug} tabs={settingsTabs((permission) => tenant.can(permission))} current="domains">
      <ClientMessages features={["domains"]}>
        <SettingsSection title={t("title")} description={t("text")}>
          <ConfirmDomainForm orgSlug={orgSlug} token={token} />
        </SettingsSection>
      </ClientMessages>
    </SettingsFrame>
  );
});
