import { firstParameter } from "@/design/first-parameter";
import { listHref } from "@/design/list-href";

/** How a task list is looked at: what the address says, checked. */
export interface TaskView {
  search: string;
  sort: TaskSort;
  status: TaskStatus;
  after: string | undefined;
  before: string | undefined;
}
type TaskSort = "newest" | "oldest" | "title";
type TaskStatus = "all" | "open" | "done";

/** The orders a person can choose; the first is the default. */
export const taskSorts: readonly { value: TaskSort; label: string }[] = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
  { value: "title", label: "Title" },
];

/** The parts of a list a person can look at; the first is the default. */
export const taskStatuses: readonly { value: TaskStatus; label: string }[] = [
  { value: "all", label: "All" },
  { value: "open", label: "Open" },
  { value: "done", label: "Done" },
];

/** Reads a view from search parameters; what is not understood gets its default. */
export function parseTaskView(parameters: Record<string, string | string[] | undefined>): TaskView {
  return {
    search: firstParameter(parameters.q)?.trim() ?? "",
    sort: taskSorts.find((sort) => sort.value === firstParameter(parameters.sort))?.value ?? "newest",
    status: taskStatuses.find((status) => status.value === firstParameter(parameters.status))?.value ?? "all",
    after: firstParameter(parameters.after),
    before: firstParameter(parameters.before),
  };
}

/** A link to the same view with some of it changed. Defaults stay out of the address. */
export function taskViewHref(path: string, view: TaskView, changed: Partial<TaskView>): string {
  const { search, sort, status, after, before } = { ...view, after: undefined, before: undefined, ...changed };
  return listHref(path, {
    q: search,
    sort: sort === "newest" ? "" : sort,
    status: status === "all" ? "" : status,
    after,
    before,
  });
}
