"use client";

import { ListTodo, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePathname, useRouter } from "next/navigation";
import { useOptimistic } from "react";
import { usePermission } from "rowhouse/react";
import { ButtonLink } from "@/design/button";
import { Card } from "@/design/card";
import { EmptyState } from "@/design/empty-state";
import { applyListChange } from "@/design/list-change";
import { Pagination } from "@/design/pagination";
import { Rows } from "@/design/rows";
import { SearchBox } from "@/design/search-box";
import { SortSelect } from "@/design/sort-select";
import type { Page } from "@/projects/queries";
import { AddTaskForm } from "@/tasks/add-task-form";
import type { Task } from "@/tasks/queries";
import { StatusFilter } from "@/tasks/status-filter";
import { TaskRow } from "@/tasks/task-row";
import { taskSorts, type TaskView, taskViewHref } from "@/tasks/task-view";

interface TaskListProps {
  orgSlug: string;
  projectId: string;
  page: Page<Task>;
  view: TaskView;
}

/** The tasks of one project, with a line to add the next. */
export function TaskList({ orgSlug, projectId, page, view }: TaskListProps) {
  const canCreate = usePermission("tasks:create");
  const t = useTranslations("tasks");
  const router = useRouter();
  const path = usePathname();
  const [tasks, change] = useOptimistic(page.items, applyListChange<Task>);
  const narrowed =
    view.search !== "" || view.status === "done" || view.after !== undefined || view.before !== undefined;

  return (
    <>
      {canCreate ? (
        // A new task might not belong to the page in view, so the full list is shown.
        <AddTaskForm
          orgSlug={orgSlug}
          projectId={projectId}
          change={change}
          onAdded={() =>
            narrowed && router.push(taskViewHref(path, { ...view, search: "" }, { status: shownAfterAdding(view) }))
          }
        />
      ) : null}
      <div className="mb-4 flex flex-wrap gap-3 md:items-center">
        <SearchBox label={t("search")} />
        <div className="flex grow flex-wrap items-center justify-between gap-3 md:justify-end">
          <StatusFilter view={view} />
          <SortSelect value={view.sort} options={taskSorts.map((value) => ({ value, label: t(`sorts.${value}`) }))} />
        </div>
      </div>
      {tasks.length === 0 ? (
        <Card>
          <NoTasks view={view} canCreate={canCreate} />
        </Card>
      ) : (
        <Rows label={t("tasks")}>
          {tasks.map((task) => (
            <TaskRow key={task.id} orgSlug={orgSlug} task={task} change={change} />
          ))}
        </Rows>
      )}
      <Pagination page={page} hrefAt={(cursor) => taskViewHref(path, view, cursor)} />
    </>
  );
}

/** New tasks are open, so where done ones are usual all are shown. */
function shownAfterAdding({ usualStatus }: TaskView): TaskView["status"] {
  return usualStatus === "done" ? "all" : usualStatus;
}

function NoTasks({ view, canCreate }: { view: TaskView; canCreate: boolean }) {
  const t = useTranslations("tasks");
  const path = usePathname();
  if (view.search === "" && view.status === "all" && view.after === undefined && view.before === undefined) {
    return (
      <EmptyState icon={ListTodo} title={t("none")}>
        {t(canCreate ? "addFirst" : "waitForFirst")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={t("nothingFound")}
      action={
        <ButtonLink href={taskViewHref(path, { ...view, search: "" }, { status: "all" })}>{t("showAll")}</ButtonLink>
      }
    >
      {view.search !== ""
        ? t("noMatch", { search: view.search })
        : view.status === "all"
          ? t("emptyPage")
          : t(view.status === "open" ? "noneOpen" : "noneDone")}
    </EmptyState>
  );
}
