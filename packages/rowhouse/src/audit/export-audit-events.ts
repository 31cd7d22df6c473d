import { sql } from "kysely";
import { RowhouseError } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { auditColumns, type AuditRow } from "./audit-entry.ts";
import { filterEvents, parseAuditFilters, type AuditFilters, type ParsedAuditFilters } from "./audit-filters.ts";
import { csvRow } from "./csv-row.ts";

export interface AuditExport {
  /** `csv` for spreadsheets; `json` is one array. */
  readonly format: "csv" | "json";
  readonly filters?: AuditFilters | undefined;
}

const rowsAtOnce = 1_000;

/**
 * The organization's audit log as a file, oldest first, in pieces of text; that it was exported is an event of it.
 * Reads a thousand events a statement, so no transaction stays open; the tenant scope must, until the last piece is read.
 *
 * @throws RowhouseError FORBIDDEN without audit:export, INVALID_INPUT; both before the first piece is asked for
 */
export function exportAuditEvents<DB, P extends string>(
  tenant: Tenant<DB, P | "audit:export">,
  { format, filters = {} }: AuditExport,
): AsyncIterable<string> {
  tenant.assertCan("audit:export");
  const parsed = parseAuditFilters(filters);
  if (!isFormat(format)) {
    throw new RowhouseError("INVALID_INPUT", "The audit log is exported as csv or as json.", {
      fields: [{ field: "format", message: "Choose csv or json.", code: "NOT_A_CHOICE" }],
    });
  }
  return streamEvents(tenant, format, parsed);
}

/** What surrounds the events, and how one is written. */
interface Format {
  readonly begin: string;
  readonly between: string;
  readonly end: string;
  readonly write: (row: AuditRow) => string;
}

const columns = [
  "sequence",
  "id",
  "occurred_at",
  "actor_kind",
  "actor_id",
  "impersonator_id",
  "action",
  "target_kind",
  "target_id",
];
const details = ["before", "after", "ip", "user_agent", "request_id", "reason", "hash"];

const formats: Readonly<Record<AuditExport["format"], Format>> = {
  csv: { begin: csvRow([...columns, ...details]), between: "", end: "", write: toCsv },
  json: { begin: "[", between: ",", end: "\n]\n", write: toJson },
};

function isFormat(format: string): format is AuditExport["format"] {
  return Object.hasOwn(formats, format);
}

async function* streamEvents<DB, P extends string>(
  tenant: Tenant<DB, P>,
  format: AuditExport["format"],
  filters: ParsedAuditFilters,
): AsyncGenerator<string> {
  const { begin, between, end, write } = formats[format];
  const last = await recordExport(tenant, format, filters);
  yield begin;
  let after = "0";
  let isFirst = true;
  for (;;) {
    const rows = await readRows(tenant, filters, { after, last });
    if (rows.length > 0) yield `${isFirst ? "" : between}${rows.map(write).join(between)}`;
    isFirst &&= rows.length === 0;
    after = rows.at(-1)?.key ?? after;
    if (rows.length < rowsAtOnce) break;
  }
  yield end;
}

/** Writes the event and gives its place: events that come later are not part of the file, so that it has an end. */
async function recordExport<DB, P extends string>(
  tenant: Tenant<DB, P>,
  format: string,
  filters: ParsedAuditFilters,
): Promise<string> {
  const { id } = tenant.organization;
  await tenant.transaction(async (within) => {
    within.record({ action: "audit.exported", target: { kind: "audit", id }, after: { format, filters } });
  });
  const head = await sql<{
    sequence: string;
  }>`select sequence::text from rowhouse.audit_heads where organization_id = ${id}`.execute(controlPlaneOf(tenant));
  return head.rows[0]?.sequence ?? "0";
}

async function readRows<DB, P extends string>(
  tenant: Tenant<DB, P>,
  filters: ParsedAuditFilters,
  { after, last }: { after: string; last: string },
): Promise<AuditRow[]> {
  const query = controlPlaneOf(tenant)
    .selectFrom("rowhouse.auditEvents as t")
    .select(auditColumns)
    .where("t.sequence", ">", after)
    .where("t.sequence", "<=", last)
    .orderBy("t.sequence")
    .limit(rowsAtOnce);
  return filterEvents(query, filters).execute();
}

function toCsv(row: AuditRow): string {
  const { key, id, occurredAt, actorKind, actorId, impersonatorId, action, targetKind, targetId } = row;
  const { before, after, ip, userAgent, requestId, reason, hash } = row;
  const what = [Number(key), id, occurredAt, actorKind, actorId, impersonatorId, action, targetKind, targetId];
  return csvRow([...what, before, after, ip, userAgent, requestId, reason, hash]);
}

/** The values are written as Postgres prints them: a number too long for JavaScript stays what it is. */
function toJson(row: AuditRow): string {
  const { key, id, occurredAt, actorKind, actorId, impersonatorId, action, targetKind, targetId } = row;
  const { before, after, ip, userAgent, requestId, reason, hash } = row;
  const actor = { kind: actorKind, id: actorId };
  const target = { kind: targetKind, id: targetId };
  const head = JSON.stringify({ id, sequence: Number(key), occurredAt, actor, impersonatorId, action, target });
  const tail = JSON.stringify({ ip, userAgent, requestId, reason, hash });
  return `\n${head.slice(0, -1)},"before":${before ?? "null"},"after":${after ?? "null"},${tail.slice(1)}`;
}
