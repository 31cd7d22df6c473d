import type { Metadata } from "next";
import { getDashboard } from "@/projects/dashboard";
import { DashboardView } from "@/projects/dashboard-view";
import { organizationPage } from "@/tenancy/pages";

export const metadata: Metadata = { title: "Dashboard" };

export default organizationPage<{ orgSlug: string }>("projects:read", async (tenant, { params }) => {
  const { orgSlug } = await params;
  return (
    <DashboardView orgSlug={orgSlug} dashboard={await getDashboard(tenant)} canCreate={tenant.can("projects:create")} />
  );
});
