import { ArrowRight, FolderKanban } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { Card, CardSection } from "@/design/card";
import { EmptyState } from "@/design/empty-state";
import { PageHeader } from "@/design/page-header";
import { CompletedChart } from "@/projects/completed-chart";
import { CreateProjectButton } from "@/projects/create-project-button";
import type { getDashboard } from "@/projects/dashboard";
import { ProjectProgress } from "@/projects/project-progress";

type Dashboard = Awaited<ReturnType<typeof getDashboard>>;

interface DashboardViewProps {
  orgSlug: string;
  dashboard: Dashboard;
  canCreate: boolean;
}

/** Where an organization stands today. */
export function DashboardView({ orgSlug, dashboard, canCreate }: DashboardViewProps) {
  const t = useTranslations("dashboard");
  const create = canCreate ? <CreateProjectButton orgSlug={orgSlug} /> : null;
  if (dashboard.projects === 0) {
    return (
      <>
        <PageHeader title={t("dashboard")} />
        <Card>
          <EmptyState icon={FolderKanban} title={t("nothing")} action={create}>
            {t(canCreate ? "createFirst" : "waitForFirst")}
          </EmptyState>
        </Card>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t("dashboard")} actions={create} />
      <Figures dashboard={dashboard} />
      <div className="mt-4 grid gap-4 lg:grid-cols-2">
        <CardSection title={t("completedTasks")}>
          <CompletedChart days={dashboard.completedByDay} />
        </CardSection>
        <RecentProjects orgSlug={orgSlug} projects={dashboard.recent} />
      </div>
    </>
  );
}

function Figures({ dashboard: { projects, openTasks, doneTasks } }: { dashboard: Dashboard }) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const total = openTasks + doneTasks;
  const figures = [
    { label: t("projects"), value: projects, note: t("inOrganization") },
    { label: t("openTasks"), value: openTasks, note: t("toDo") },
    {
      label: t("done"),
      value: doneTasks,
      note: total === 0 ? t("noTasks") : t("share", { share: doneTasks / total }),
    },
  ];
  return (
    <dl className="grid grid-cols-3 divide-x divide-line rounded-xl border border-line bg-surface shadow-card">
      {figures.map(({ label, value, note }) => (
        <div key={label} className="min-w-0 p-4 md:px-5">
          <dt className="truncate text-sm text-muted">{label}</dt>
          <dd className="mt-1 text-2xl font-semibold tracking-tight tabular-nums">{format.number(value)}</dd>
          <dd className="text-sm text-muted max-md:sr-only">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

function RecentProjects({ orgSlug, projects }: { orgSlug: string; projects: Dashboard["recent"] }) {
  const t = useTranslations("dashboard");
  return (
    <CardSection
      title={t("recent")}
      aside={
        <Link
          href={`/${orgSlug}/projects`}
          className="inline-flex min-h-6 items-center gap-1 text-sm font-medium text-accent hover:underline"
        >
          {t("all")}
          <ArrowRight aria-hidden className="size-3.5 rtl:-scale-x-100" />
        </Link>
      }
    >
      <ul className="divide-y divide-line">
        {projects.map((project) => (
          <li key={project.id}>
            <Link
              href={`/${orgSlug}/projects/${project.id}`}
              className="flex min-h-12 items-center gap-4 px-4 py-2 hover:bg-subtle focus-visible:-outline-offset-2 md:px-5"
            >
              <span className="min-w-0 grow truncate font-medium">{project.name}</span>
              <ProjectProgress open={project.openTasks} done={project.doneTasks} />
            </Link>
          </li>
        ))}
      </ul>
    </CardSection>
  );
}
