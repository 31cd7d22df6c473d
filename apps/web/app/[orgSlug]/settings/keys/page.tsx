import { getTranslations } from "next-intl/server";
import { listApiKeys, listServiceAccounts } from "rowhouse";
import { keyAbilities } from "@/api-keys/key-abilities";
import { KeyList } from "@/api-keys/key-list";
import { parseKeyView } from "@/api-keys/key-view";
import { ClientMessages } from "@/i18n/client-messages";
import { SettingsFrame } from "@/organization-settings/settings-frame";
import { settingsPermissions, settingsTabs } from "@/organization-settings/settings-tabs";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";

type Parameters = { orgSlug: string };

/** As many as a list to choose from bears. */
const mostHolders = 100;

export const generateMetadata = organizationMetadata<Parameters>(settingsPermissions.keys, async () => ({
  title: (await getTranslations("api-keys"))("title"),
}));

export default organizationPage<Parameters>(settingsPermissions.keys, async (tenant, { params, searchParams }) => {
  const { orgSlug } = await params;
  const view = parseKeyView(await searchParams);
  const { search, status, after, before } = view;
  const [page, accounts] = await Promise.all([
    listApiKeys(tenant, { search, status: status === "all" ? undefined : status, after, before }),
    tenant.can("service-accounts:read")
      ? listServiceAccounts(tenant, { status: "active", limit: mostHolders })
      : undefined,
  ]);
  return (
    <SettingsFrame orgSlug={orgSlug} tabs={settingsTabs((permission) => tenant.can(permission))} current="keys">
      <ClientMessages features={["api-keys"]}>
        <KeyList
          orgSlug={orgSlug}
          page={page}
          view={view}
          abilities={keyAbilities(tenant)}
          serviceAccounts={(accounts?.items ?? []).map(({ id, name }) => ({ id, name }))}
        />
      </ClientMessages>
    </SettingsFrame>
  );
});
