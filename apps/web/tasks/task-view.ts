import { firstParameter } from "@/design/first-parameter";
import { listHref } from "@/design/list-href";

/** How a task list is looked at: what the address says, checked. */
export interface TaskView {
  search: string;
  sort: TaskSort;
  status: TaskStatus;
  /** The part that is shown where the address names none: the organization's choice. */
  usualStatus: TaskStatus;
  after: string | undefined;
  before: string | undefined;
}
type TaskSort = (typeof taskSorts)[number];
type TaskStatus = (typeof taskStatuses)[number];

/** The orders a person can choose; the first is the default. */
export const taskSorts = ["newest", "oldest", "title"] as const;

/** The parts of a list a person can look at. */
export const taskStatuses = ["all", "open", "done"] as const;

/** Reads a view from search parameters; what is not understood gets its default. */
export function parseTaskView(
  parameters: Record<string, string | string[] | undefined>,
  usualStatus: TaskStatus = "all",
): TaskView {
  return {
    search: firstParameter(parameters.q)?.trim() ?? "",
    sort: taskSorts.find((sort) => sort === firstParameter(parameters.sort)) ?? "newest",
    status: taskStatuses.find((status) => status === firstParameter(parameters.status)) ?? usualStatus,
    usualStatus,
    after: firstParameter(parameters.after),
    before: firstParameter(parameters.before),
  };
}

/** A link to the same view with some of it changed. Defaults stay out of the address. */
export function taskViewHref(path: string, view: TaskView, changed: Partial<TaskView>): string {
  const { search, sort, status, usualStatus, after, before } = {
    ...view,
    after: undefined,
    before: undefined,
    ...changed,
  };
  return listHref(path, {
    q: search,
    sort: sort === "newest" ? "" : sort,
    status: status === usualStatus ? "" : status,
    after,
    before,
  });
}
