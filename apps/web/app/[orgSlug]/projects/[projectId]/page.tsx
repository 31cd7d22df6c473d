import type { Metadata } from "next";
import { ChevronLeft } from "lucide-react";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { PageHeader } from "@/design/page-header";
import { ClientMessages } from "@/i18n/client-messages";
import { readProductSettings } from "@/organization-settings/product-settings";
import { findProject } from "@/projects/queries";
import { listTasks } from "@/tasks/queries";
import { TaskList } from "@/tasks/task-list";
import { parseTaskView } from "@/tasks/task-view";
import { organizationMetadata, organizationPage } from "@/tenancy/pages";

type Parameters = { orgSlug: string; projectId: string };

export const generateMetadata = organizationMetadata<Parameters>(
  "projects:read",
  async (tenant, { params }): Promise<Metadata> => {
    const project = await findProject(tenant, (await params).projectId);
    return { title: project?.name ?? (await getTranslations("errors"))("notFound") };
  },
);

export default organizationPage<Parameters>("tasks:read", async (tenant, { params, searchParams }) => {
  const { orgSlug, projectId } = await params;
  const { taskStatus } = await readProductSettings(tenant);
  const view = parseTaskView(await searchParams, taskStatus);
  const project = await findProject(tenant, projectId);
  if (project === undefined) notFound();
  const tasks = await listTasks(tenant, projectId, view);
  const t = await getTranslations("projects");
  return (
    <ClientMessages features={["tasks"]}>
      <PageHeader
        title={project.name}
        above={
          <Link
            href={`/${orgSlug}/projects`}
            className="inline-flex min-h-6 items-center gap-1 text-sm font-medium text-muted hover:text-ink"
          >
            <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
            {t("projects")}
          </Link>
        }
        description={t("counts", { open: project.openTasks, done: project.doneTasks })}
      />
      <TaskList orgSlug={orgSlug} projectId={projectId} page={tasks} view={view} />
    </ClientMessages>
  );
});
