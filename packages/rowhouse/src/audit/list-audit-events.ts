import { pageByCursor, type CursorInput, type Page } from "../database/page-by-cursor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { auditColumns, toAuditEntry, type AuditEntry } from "./audit-entry.ts";
import { filterEvents, parseAuditFilters, type AuditFilters } from "./audit-filters.ts";

/**
 * The organization's audit log, newest first.
 *
 * @throws RowhouseError FORBIDDEN without audit:read, INVALID_INPUT
 */
export async function listAuditEvents<DB, P extends string>(
  tenant: Tenant<DB, P | "audit:read">,
  input: AuditFilters & CursorInput = {},
): Promise<Page<AuditEntry>> {
  tenant.assertCan("audit:read");
  const filters = parseAuditFilters(input);
  const query = controlPlaneOf(tenant).selectFrom("rowhouse.auditEvents as t").select(auditColumns);
  const { items, next, previous } = await pageByCursor(filterEvents(query, filters), {
    order: { column: "sequence", direction: "desc" },
    cursor: input,
  });
  return { items: items.map(toAuditEntry), next, previous };
}
