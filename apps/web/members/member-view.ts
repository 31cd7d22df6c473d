import { firstParameter } from "@/design/first-parameter";
import { listHref } from "@/design/list-href";

const sorts = ["name", "newest", "oldest"] as const;

/** How the list of members is looked at: what the address says, checked. */
export interface MemberView {
  search: string;
  sort: (typeof sorts)[number];
  after: string | undefined;
  before: string | undefined;
}

/** The orders a person can choose; the first is the default. */
export const memberSorts = sorts;

/** Reads a view from search parameters; what is not understood gets its default. */
export function parseMemberView(parameters: Record<string, string | string[] | undefined>): MemberView {
  return {
    search: firstParameter(parameters.q)?.trim() ?? "",
    sort: sorts.find((sort) => sort === firstParameter(parameters.sort)) ?? "name",
    after: firstParameter(parameters.after),
    before: firstParameter(parameters.before),
  };
}

/** A link to the same view at another cursor. Defaults stay out of the address. */
export function memberViewHref(
  path: string,
  { search, sort }: MemberView,
  cursor: { after?: string; before?: string },
): string {
  return listHref(path, { q: search, sort: sort === "name" ? "" : sort, ...cursor });
}
