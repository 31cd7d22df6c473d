import { firstParameter } from "@/design/first-parameter";
import { listHref } from "@/design/list-href";

/** How a project list is looked at: what the address says, checked. */
export interface ProjectView {
  search: string;
  sort: ProjectSort;
  after: string | undefined;
  before: string | undefined;
}
type ProjectSort = "newest" | "oldest" | "name" | "updated";

/** The orders a person can choose; the first is the default. */
export const projectSorts: readonly { value: ProjectSort; label: string }[] = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
  { value: "name", label: "Name" },
  { value: "updated", label: "Last updated" },
];

/** Reads a view from search parameters; what is not understood gets its default. */
export function parseProjectView(parameters: Record<string, string | string[] | undefined>): ProjectView {
  return {
    search: firstParameter(parameters.q)?.trim() ?? "",
    sort: projectSorts.find((sort) => sort.value === firstParameter(parameters.sort))?.value ?? "newest",
    after: firstParameter(parameters.after),
    before: firstParameter(parameters.before),
  };
}

/** A link to the same view at another cursor. Defaults stay out of the address. */
export function projectViewHref(
  path: string,
  { search, sort }: ProjectView,
  cursor: { after?: string; before?: string },
): string {
  return listHref(path, { q: search, sort: sort === "newest" ? "" : sort, ...cursor });
}
