import { useTranslations } from "next-intl";
import type { Domain, JoinRequest, Page } from "rowhouse";
import { Pagination } from "@/design/pagination";
import { AddDomainForm } from "@/domains/add-domain-form";
import { DomainCard } from "@/domains/domain-card";
import { JoinRequests } from "@/domains/join-requests";
import { listHref } from "@/design/list-href";
import { SettingsSection } from "@/organization-settings/settings-section";

interface DomainSettingsProps {
  orgSlug: string;
  page: Page<Domain>;
  requests: readonly JoinRequest[];
  canChange: boolean;
}

/** The domains of an organization, and the people who ask to come by them. */
export function DomainSettings({ orgSlug, page, requests, canChange }: DomainSettingsProps) {
  const t = useTranslations("domains");
  const path = `/${orgSlug}/settings/domains`;
  const { items } = page;
  return (
    <>
      <JoinRequests orgSlug={orgSlug} requests={requests} />
      <SettingsSection title={t("title")} description={t("description")}>
        {canChange ? <AddDomainForm orgSlug={orgSlug} /> : null}
        {items.length === 0 ? (
          <p className={canChange ? "mt-4 text-muted" : "text-muted"}>
            {t("empty")}. {canChange ? t("emptyText") : null}
          </p>
        ) : null}
      </SettingsSection>
      {items.length === 0 ? null : (
        <ul aria-label={t("title")} className="grid min-w-0 gap-4">
          {items.map((domain) => (
            <DomainCard key={domain.id} orgSlug={orgSlug} domain={domain} canChange={canChange} />
          ))}
        </ul>
      )}
      <Pagination page={page} hrefAt={(cursor) => listHref(path, cursor)} />
    </>
  );
}
