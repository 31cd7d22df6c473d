import type { Metadata } from "next";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { PageHeader } from "@/design/page-header";
import { findProject } from "@/projects/queries";
import { listTasks } from "@/tasks/queries";
import { taskAbilities } from "@/tasks/task-abilities";
import { TaskList } from "@/tasks/task-list";
import { parseTaskView } from "@/tasks/task-view";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";

type Parameters = { orgSlug: string; projectId: string };

export const generateMetadata = organizationMetadata<Parameters>(
  "projects:read",
  async (tenant, { params }): Promise<Metadata> => {
    const project = await findProject(tenant, (await params).projectId);
    return { title: project?.name ?? "Page not found" };
  },
);

export default organizationPage<Parameters>("tasks:read", async (tenant, { params, searchParams }) => {
  const { orgSlug, projectId } = await params;
  const view = parseTaskView(await searchParams);
  const project = await findProject(tenant, projectId);
  if (project === undefined) notFound();
  const tasks = await listTasks(tenant, projectId, view);
  return (
    <>
      <PageHeader
        title={project.name}
        above={
          <Link
            href={`/${orgSlug}/projects`}
            className="inline-flex min-h-6 items-center gap-1 text-sm font-medium text-muted hover:text-ink"
          >
            <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
            Projects
          </Link>
        }
        description={`${project.openTasks} open, ${project.doneTasks} done`}
      />
      <TaskList
        orgSlug={orgSlug}
        projectId={projectId}
        page={tasks}
        view={view}
        abilities={taskAbilities((permission) => tenant.can(permission))}
      />
    </>
  );
});
