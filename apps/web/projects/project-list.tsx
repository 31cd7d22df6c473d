"use client";

import { FolderKanban, SearchX } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useOptimistic } from "react";
import { ButtonLink } from "@/design/button";
import { Card } from "@/design/card";
import { EmptyState } from "@/design/empty-state";
import { applyListChange } from "@/design/list-change";
import { PageHeader } from "@/design/page-header";
import { Pagination } from "@/design/pagination";
import { Rows } from "@/design/rows";
import { SearchBox } from "@/design/search-box";
import { SortSelect } from "@/design/sort-select";
import { CreateProjectDialog } from "@/projects/create-project-dialog";
import type { ProjectAbilities } from "@/projects/project-abilities";
import { ProjectRow } from "@/projects/project-row";
import { projectSorts, type ProjectView, projectViewHref } from "@/projects/project-view";
import type { Page, Project } from "@/projects/queries";

interface ProjectListProps {
  orgSlug: string;
  page: Page<Project>;
  view: ProjectView;
  abilities: ProjectAbilities;
}

/** The projects of one organization: search, order, pages, and what the role may do with each. */
export function ProjectList({ orgSlug, page, view, abilities }: ProjectListProps) {
  const router = useRouter();
  const path = usePathname();
  const [projects, change] = useOptimistic(page.items, applyListChange<Project>);
  const narrowed = view.search !== "" || view.after !== undefined || view.before !== undefined;
  const untouched = projects.length === 0 && !narrowed;
  // A new project might not belong to the page in view, so the full list is shown.
  const create = abilities.create ? (
    <CreateProjectDialog orgSlug={orgSlug} onCreated={() => narrowed && router.push(path)} />
  ) : null;

  return (
    <>
      <PageHeader title="Projects" actions={untouched ? null : create} />
      {untouched ? (
        <Card>
          <EmptyState icon={FolderKanban} title="No projects yet" action={create}>
            {abilities.create
              ? "Create the first one and fill it with tasks."
              : "When somebody creates a project, you will find it here."}
          </EmptyState>
        </Card>
      ) : (
        <>
          <div className="mb-4 flex gap-2 md:justify-between">
            <SearchBox label="Search projects" />
            <SortSelect value={view.sort} options={projectSorts} />
          </div>
          {projects.length === 0 ? (
            <Card>
              <EmptyState
                icon={SearchX}
                title="Nothing found"
                action={<ButtonLink href={path}>Show all projects</ButtonLink>}
              >
                {view.search === ""
                  ? "There is nothing on this page any more."
                  : `No project has “${view.search}” in its name.`}
              </EmptyState>
            </Card>
          ) : (
            <Rows label="Projects">
              {projects.map((project) => (
                <ProjectRow
                  key={project.id}
                  orgSlug={orgSlug}
                  project={project}
                  abilities={abilities}
                  change={change}
                />
              ))}
            </Rows>
          )}
          <Pagination
            previousHref={page.previous === null ? null : projectViewHref(path, view, { before: page.previous })}
            nextHref={page.next === null ? null : projectViewHref(path, view, { after: page.next })}
          />
        </>
      )}
    </>
  );
}
