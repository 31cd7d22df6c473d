import type { Metadata } from "next";
import { projectAbilities } from "@/projects/project-abilities";
import { ProjectList } from "@/projects/project-list";
import { parseProjectView } from "@/projects/project-view";
import { listProjects } from "@/projects/queries";
import { organizationPage } from "@/tenancy/pages";

export const metadata: Metadata = { title: "Projects" };

export default organizationPage<{ orgSlug: string }>("projects:read", async (tenant, { params, searchParams }) => {
  const { orgSlug } = await params;
  const view = parseProjectView(await searchParams);
  const page = await listProjects(tenant, view);
  return (
    <ProjectList
      orgSlug={orgSlug}
      page={page}
      view={view}
      abilities={projectAbilities((permission) => tenant.can(permission))}
    />
  );
});
