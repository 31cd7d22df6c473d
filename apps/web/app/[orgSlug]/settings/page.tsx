import { getTranslations } from "next-intl/server";
import { getOrganizationProfile } from "rowhouse";
import { ClientMessages } from "@/i18n/client-messages";
import { GeneralSettings } from "@/organization-settings/general-settings";
import { readProductSettingsToChange } from "@/organization-settings/product-settings";
import { SettingsFrame } from "@/organization-settings/settings-frame";
import { settingsPermissions, settingsTabs } from "@/organization-settings/settings-tabs";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";

type Parameters = { orgSlug: string };

export const generateMetadata = organizationMetadata<Parameters>(settingsPermissions.general, async () => ({
  title: (await getTranslations("settings"))("title"),
}));

export default organizationPage<Parameters>(settingsPermissions.general, async (tenant, { params }) => {
  const { orgSlug } = await params;
  const [profile, preferences] = await Promise.all([
    getOrganizationProfile(tenant),
    readProductSettingsToChange(tenant),
  ]);
  return (
    <ClientMessages features={["settings"]}>
      <SettingsFrame orgSlug={orgSlug} tabs={settingsTabs((permission) => tenant.can(permission))} current="general">
        <GeneralSettings profile={profile} preferences={preferences} />
      </SettingsFrame>
    </ClientMessages>
  );
});
