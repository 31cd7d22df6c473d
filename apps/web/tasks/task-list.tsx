"use client";

import { ListTodo, SearchX } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useOptimistic } from "react";
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
import type { TaskAbilities } from "@/tasks/task-abilities";
import { TaskRow } from "@/tasks/task-row";
import { taskSorts, type TaskView, taskViewHref } from "@/tasks/task-view";

interface TaskListProps {
  orgSlug: string;
  projectId: string;
  page: Page<Task>;
  view: TaskView;
  abilities: TaskAbilities;
}

/** The tasks of one project, with a line to add the next. */
export function TaskList({ orgSlug, projectId, page, view, abilities }: TaskListProps) {
  const router = useRouter();
  const path = usePathname();
  const [tasks, change] = useOptimistic(page.items, applyListChange<Task>);
  const narrowed =
    view.search !== "" || view.status === "done" || view.after !== undefined || view.before !== undefined;

  return (
    <>
      {abilities.create ? (
        // A new task might not belong to the page in view, so the full list is shown.
        <AddTaskForm
          orgSlug={orgSlug}
          projectId={projectId}
          change={change}
          onAdded={() => narrowed && router.push(path)}
        />
      ) : null}
      <div className="mb-4 flex flex-wrap gap-3 md:items-center">
        <SearchBox label="Search tasks" />
        <div className="flex grow flex-wrap items-center justify-between gap-3 md:justify-end">
          <StatusFilter view={view} />
          <SortSelect value={view.sort} options={taskSorts} />
        </div>
      </div>
      {tasks.length === 0 ? (
        <Card>
          <NoTasks view={view} canCreate={abilities.create} />
        </Card>
      ) : (
        <Rows label="Tasks">
          {tasks.map((task) => (
            <TaskRow key={task.id} orgSlug={orgSlug} task={task} abilities={abilities} change={change} />
          ))}
        </Rows>
      )}
      <Pagination
        previousHref={page.previous === null ? null : taskViewHref(path, view, { before: page.previous })}
        nextHref={page.next === null ? null : taskViewHref(path, view, { after: page.next })}
      />
    </>
  );
}

function NoTasks({ view, canCreate }: { view: TaskView; canCreate: boolean }) {
  const path = usePathname();
  if (view.search === "" && view.status === "all" && view.after === undefined && view.before === undefined) {
    return (
      <EmptyState icon={ListTodo} title="No tasks yet">
        {canCreate
          ? "Write the first one into the line above and press Enter."
          : "When somebody adds a task, you will find it here."}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={SearchX} title="Nothing found" action={<ButtonLink href={path}>Show all tasks</ButtonLink>}>
      {view.search !== ""
        ? `No task here has “${view.search}” in its title.`
        : view.status === "all"
          ? "There is nothing on this page any more."
          : `There are no ${view.status} tasks.`}
    </EmptyState>
  );
}
