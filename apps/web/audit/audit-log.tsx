import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AuditEntry, Page } from "rowhouse";
import { AuditEventRow } from "@/audit/audit-event-row";
import { type AuditActor, AuditFilterBar } from "@/audit/audit-filter-bar";
import { type AuditView, auditViewHref, isNarrowed } from "@/audit/audit-view";
import { ChainState } from "@/audit/chain-state";
import { ExportMenu } from "@/audit/export-menu";
import { ButtonLink } from "@/design/button";
import { Card } from "@/design/card";
import { EmptyState } from "@/design/empty-state";
import { PageHeader } from "@/design/page-header";
import { NothingFound } from "@/design/nothing-found";
import { Pagination } from "@/design/pagination";
import { Rows } from "@/design/rows";

interface AuditLogProps {
  orgSlug: string;
  page: Page<AuditEntry>;
  view: AuditView;
  names: Readonly<Record<string, string>>;
  actors: readonly AuditActor[];
  timeZone: string;
  canExport: boolean;
}

/** What happened in an organization: narrowed, paged, each event with its values. */
export function AuditLog(props: AuditLogProps) {
  const { orgSlug, page, view, actors, timeZone, canExport } = props;
  const t = useTranslations("audit");
  const path = `/${orgSlug}/audit`;
  const exportHref = (format: string): string => auditViewHref(`${path}/export`, view, { format });
  const hrefs = { csv: exportHref("csv"), json: exportHref("json") };
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={canExport ? <ExportMenu hrefs={hrefs} /> : null}
      />
      <ChainState orgSlug={orgSlug} />
      <AuditFilterBar view={view} actors={actors} />
      <p className="mb-2 flex min-h-8 items-center justify-between gap-4 text-sm text-muted">
        {t("timeZone", { timeZone })}
        {isNarrowed(view) ? (
          <ButtonLink href={path} size="small" variant="ghost">
            {t("clear")}
          </ButtonLink>
        ) : null}
      </p>
      <Events {...props} path={path} />
      <Pagination page={page} hrefAt={(cursor) => auditViewHref(path, view, cursor)} />
    </>
  );
}

function Events({ page, view, names, timeZone, path }: AuditLogProps & { path: string }) {
  const t = useTranslations("audit");
  if (page.items.length === 0) return <NoEvents view={view} path={path} />;
  return (
    <Rows label={t("events")}>
      {page.items.map((entry) => (
        <AuditEventRow
          key={entry.id}
          entry={entry}
          names={names}
          timeZone={timeZone}
          actorHref={auditViewHref(path, { ...view, actor: entry.actor.id }, {})}
        />
      ))}
    </Rows>
  );
}

function NoEvents({ view, path }: { view: AuditView; path: string }) {
  const t = useTranslations("audit");
  if (isNarrowed(view) || view.after !== undefined || view.before !== undefined) {
    return (
      <NothingFound title={t("nothingFound")} href={path} linkLabel={t("showAll")}>
        {isNarrowed(view) ? t("nothingFoundText") : t("nothingHereText")}
      </NothingFound>
    );
  }
  return (
    <Card>
      <EmptyState icon={History} title={t("empty")}>
        {t("emptyText")}
      </EmptyState>
    </Card>
  );
}
