"use client";

import { FolderKanban } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePathname, useRouter } from "next/navigation";
import { useOptimistic } from "react";
import { usePermission } from "rowhouse/react";
import { Card } from "@/design/card";
import { EmptyState } from "@/design/empty-state";
import { applyListChange } from "@/design/list-change";
import { PageHeader } from "@/design/page-header";
import { NothingFound } from "@/design/nothing-found";
import { Pagination } from "@/design/pagination";
import { Rows } from "@/design/rows";
import { SearchBox } from "@/design/search-box";
import { SortSelect } from "@/design/sort-select";
import { ProjectRow } from "@/projects/project-row";
import { projectSorts, type ProjectView, projectViewHref } from "@/projects/project-view";
import type { Page, Project } from "@/projects/queries";
import { useProjectCreation } from "@/projects/use-project-creation";

interface ProjectListProps {
  orgSlug: string;
  page: Page<Project>;
  view: ProjectView;
}

/** The projects of one organization: search, order, pages, and what the role may do with each. */
export function ProjectList({ orgSlug, page, view }: ProjectListProps) {
  const canCreate = usePermission("projects:create");
  const t = useTranslations("projects");
  const router = useRouter();
  const path = usePathname();
  const [projects, change] = useOptimistic(page.items, applyListChange<Project>);
  const narrowed = view.search !== "" || view.after !== undefined || view.before !== undefined;
  const untouched = projects.length === 0 && !narrowed;
  // A new project might not belong to the page in view, so the full list is shown.
  const creation = useProjectCreation({ orgSlug, change, onCreated: () => narrowed && router.push(path) });
  const create = canCreate ? creation.button : null;

  return (
    <>
      <PageHeader title={t("projects")} actions={untouched ? null : create} />
      {creation.dialog}
      {untouched ? (
        <Card>
          <EmptyState icon={FolderKanban} title={t("none")} action={create}>
            {t(canCreate ? "createFirst" : "waitForFirst")}
          </EmptyState>
        </Card>
      ) : (
        <>
          <div className="mb-4 flex gap-2 md:justify-between">
            <SearchBox label={t("search")} />
            <SortSelect
              value={view.sort}
              usual={view.usualSort}
              options={projectSorts.map((value) => ({ value, label: t(`sorts.${value}`) }))}
            />
          </div>
          {projects.length === 0 ? (
            <NothingFound title={t("nothingFound")} href={path} linkLabel={t("showAll")}>
              {view.search === "" ? t("emptyPage") : t("noMatch", { search: view.search })}
            </NothingFound>
          ) : (
            <Rows label={t("projects")}>
              {projects.map((project) => (
                <ProjectRow key={project.id} orgSlug={orgSlug} project={project} change={change} />
              ))}
            </Rows>
          )}
          <Pagination page={page} hrefAt={(cursor) => projectViewHref(path, view, cursor)} />
        </>
      )}
    </>
  );
}
