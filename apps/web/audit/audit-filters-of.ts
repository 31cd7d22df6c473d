import type { AuditFilters } from "rowhouse";
import { startOfDay } from "@/organization-settings/start-of-day";
import type { AuditView } from "./audit-view";

/** A view in the words of the library. Days begin and end where the organization is. */
export function auditFiltersOf({ search, actor, noun, from, to }: AuditView, timeZone: string): AuditFilters {
  return {
    search: search === "" ? undefined : search,
    actor: actor === "" ? undefined : actor,
    action: noun === "" ? undefined : `${noun}.*`,
    from: from === "" ? undefined : startOfDay(from, timeZone).toISOString(),
    to: to === "" ? undefined : startOfDay(dayAfter(to), timeZone).toISOString(),
  };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
