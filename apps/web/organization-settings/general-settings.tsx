import { useTranslations } from "next-intl";
import type { OrganizationProfile } from "rowhouse";
import { LogoForm } from "@/organization-settings/logo-form";
import { logoHref } from "@/organization-settings/logo-href";
import { PreferencesForm } from "@/organization-settings/preferences-form";
import type { readProductSettingsToChange } from "@/organization-settings/product-settings";
import { ProfileForm } from "@/organization-settings/profile-form";
import { SettingsSection } from "@/organization-settings/settings-section";
import { SlugForm } from "@/organization-settings/slug-form";
import { timeZones } from "@/organization-settings/time-zones";
import { webSettings } from "@/settings";

interface GeneralSettingsProps {
  profile: OrganizationProfile;
  preferences: Awaited<ReturnType<typeof readProductSettingsToChange>>;
}

/** What an organization is called, how it looks, where it is reached and how it likes things. */
export function GeneralSettings({ profile, preferences }: GeneralSettingsProps) {
  const t = useTranslations("settings");
  const { slug, name, description } = profile;
  const { host } = new URL(webSettings().publicUrl);
  return (
    <>
      <SettingsSection title={t("profile.title")} description={t("profile.description")}>
        <ProfileForm orgSlug={slug} profile={{ name, description }} />
      </SettingsSection>
      <SettingsSection title={t("logo.title")} description={t("logo.description")}>
        <LogoForm orgSlug={slug} name={name} logoHref={logoHref(profile)} />
      </SettingsSection>
      <SettingsSection title={t("address.title")} description={t("address.description")}>
        <SlugForm orgSlug={slug} host={host} />
      </SettingsSection>
      <SettingsSection title={t("preferences.title")} description={t("preferences.description")}>
        <PreferencesForm orgSlug={slug} {...preferences} timeZones={timeZones()} />
      </SettingsSection>
    </>
  );
}
