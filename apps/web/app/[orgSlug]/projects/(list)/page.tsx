import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { readProductSettings } from "@/organization-settings/product-settings";
import { ProjectList } from "@/projects/project-list";
import { parseProjectView } from "@/projects/project-view";
import { listProjects } from "@/projects/queries";
import { organizationPage } from "@/tenancy/pages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects"))("projects") };
}

export default organizationPage<{ orgSlug: string }>("projects:read", async (tenant, { params, searchParams }) => {
  const { orgSlug } = await params;
  const { projectSort } = await readProductSettings(tenant);
  const view = parseProjectView(await searchParams, projectSort);
  const page = await listProjects(tenant, view);
  return (
    <ClientMessages features={["projects"]}>
      <ProjectList orgSlug={orgSlug} page={page} view={view} />
    </ClientMessages>
  );
});
