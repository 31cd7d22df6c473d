import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { getDashboard } from "@/projects/dashboard";
import { DashboardView } from "@/projects/dashboard-view";
import { organizationPage } from "@/tenancy/pages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard"))("dashboard") };
}

export default organizationPage<{ orgSlug: string }>("projects:read", async (tenant, { params }) => {
  const { orgSlug } = await params;
  return (
    <ClientMessages features={["projects"]}>
      <DashboardView
        orgSlug={orgSlug}
        dashboard={await getDashboard(tenant)}
        canCreate={tenant.can("projects:create")}
      />
    </ClientMessages>
  );
});
