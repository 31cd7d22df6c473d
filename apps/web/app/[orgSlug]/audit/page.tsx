import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listAuditEvents, nameActors } from "rowhouse";
import { AuditLog } from "@/audit/audit-log";
import { auditFiltersOf } from "@/audit/audit-filters-of";
import { parseAuditView } from "@/audit/audit-view";
import { listActors } from "@/audit/list-actors";
import { ClientMessages } from "@/i18n/client-messages";
import { readTimeZone } from "@/organization-settings/product-settings";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";

type Parameters = { orgSlug: string };

export const generateMetadata = organizationMetadata<Parameters>("audit:read", async (): Promise<Metadata> => {
  return { title: (await getTranslations("audit"))("title") };
});

export default organizationPage<Parameters>("audit:read", async (tenant, { params, searchParams }) => {
  const { orgSlug } = await params;
  const view = parseAuditView(await searchParams);
  const timeZone = await readTimeZone(tenant);
  const { after, before } = view;
  const page = await listAuditEvents(tenant, { ...auditFiltersOf(view, timeZone), after, before });
  const names = await nameActors(tenant, page.items);
  const actors = await listActors(tenant, { id: view.actor, name: names[view.actor] });
  return (
    <ClientMessages features={["audit"]}>
      <AuditLog
        orgSlug={orgSlug}
        page={page}
        view={view}
        names={names}
        actors={actors}
        timeZone={timeZone}
        canExport={tenant.can("audit:export")}
      />
    </ClientMessages>
  );
});
