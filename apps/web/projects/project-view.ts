import { firstParameter } from "@/design/first-parameter";
import { listHref } from "@/design/list-href";

/** How a project list is looked at: what the address says, checked. */
export interface ProjectView {
  search: string;
  sort: ProjectSort;
  /** The order where the address names none: the organization's choice. */
  usualSort: ProjectSort;
  after: string | undefined;
  before: string | undefined;
}
type ProjectSort = (typeof projectSorts)[number];

/** The orders a person can choose. */
export const projectSorts = ["newest", "oldest", "name", "updated"] as const;

/** Reads a view from search parameters; what is not understood gets its default. */
export function parseProjectView(
  parameters: Record<string, string | string[] | undefined>,
  usualSort: ProjectSort = "newest",
): ProjectView {
  return {
    search: firstParameter(parameters.q)?.trim() ?? "",
    sort: projectSorts.find((sort) => sort === firstParameter(parameters.sort)) ?? usualSort,
    usualSort,
    after: firstParameter(parameters.after),
    before: firstParameter(parameters.before),
  };
}

/** A link to the same view at another cursor. Defaults stay out of the address. */
export function projectViewHref(
  path: string,
  { search, sort, usualSort }: ProjectView,
  cursor: { after?: string; before?: string },
): string {
  return listHref(path, { q: search, sort: sort === usualSort ? "" : sort, ...cursor });
}
