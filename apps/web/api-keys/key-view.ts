import { firstParameter } from "@/design/first-parameter";
import { listHref } from "@/design/list-href";

export const keyStatuses = ["all", "active", "expired", "revoked"] as const;

/** How the keys are looked at: what the address says, checked. */
export interface KeyView {
  readonly search: string;
  readonly status: (typeof keyStatuses)[number];
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** Reads a view from search parameters; what is not understood gets its default. */
export function parseKeyView(parameters: Record<string, string | string[] | undefined>): KeyView {
  const status = firstParameter(parameters.status);
  return {
    search: (firstParameter(parameters.q) ?? "").replaceAll("\0", "").trim().slice(0, 200),
    status: keyStatuses.find((known) => known === status) ?? "all",
    after: firstParameter(parameters.after),
    before: firstParameter(parameters.before),
  };
}

export function keyViewHref(path: string, { search, status }: KeyView, cursor: Record<string, string>): string {
  return listHref(path, { q: search, status: status === "all" ? "" : status, ...cursor });
}
