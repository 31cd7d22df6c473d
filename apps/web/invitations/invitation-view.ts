import type { InvitationStatus } from "rowhouse";
import { firstParameter } from "@/design/first-parameter";
import { listHref } from "@/design/list-href";

/** What the list can be narrowed to; the first is the default. Sent and created are the same to a person: open. */
export const invitationFilters = ["open", "all", "accepted", "declined", "revoked", "expired"] as const;

export type InvitationFilter = (typeof invitationFilters)[number];

/** How the list of invitations is looked at: what the address says, checked. */
export interface InvitationView {
  search: string;
  status: InvitationFilter;
  after: string | undefined;
  before: string | undefined;
}

/** Reads a view from search parameters; what is not understood gets its default. */
export function parseInvitationView(parameters: Record<string, string | string[] | undefined>): InvitationView {
  return {
    search: firstParameter(parameters.q)?.trim() ?? "",
    status: invitationFilters.find((status) => status === firstParameter(parameters.status)) ?? "open",
    after: firstParameter(parameters.after),
    before: firstParameter(parameters.before),
  };
}

/** A link to the same view at another cursor. Defaults stay out of the address. */
export function invitationViewHref(
  path: string,
  { search, status }: InvitationView,
  cursor: { after?: string; before?: string },
): string {
  return listHref(path, { q: search, status: status === "open" ? "" : status, ...cursor });
}

/** Whether it can still be accepted. */
export function isOpenStatus(status: InvitationStatus): boolean {
  return status === "created" || status === "sent";
}
