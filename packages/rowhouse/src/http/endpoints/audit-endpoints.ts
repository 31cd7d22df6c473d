import { z } from "zod";
import { exportAuditEvents } from "../../audit/export-audit-events.ts";
import { listAuditEvents } from "../../audit/list-audit-events.ts";
import { verifyAuditChain } from "../../audit/verify-audit-chain.ts";
import { fileEndpoint, organizationEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";
import { listQuery, pageOf } from "../list-query.ts";

const once = z.string("Give it once.").max(1000, "Use at most 200 characters.").optional();
// What they may hold is the log's own to say.
const filters = { actor: once, action: once, target: once, from: once, to: once };

const values = z.record(z.string(), z.unknown()).nullable();

const eventAnswer = z
  .object({
    id: z.uuid(),
    sequence: z.int(),
    occurredAt: z.iso.datetime(),
    actor: z.object({ kind: z.string(), id: z.string() }),
    impersonatorId: z.string().nullable(),
    action: z.string(),
    target: z.object({ kind: z.string(), id: z.string() }),
    before: values,
    after: values,
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable(),
    reason: z.string().nullable(),
    hash: z.string(),
  })
  .meta({ id: "AuditEvent" });

const list = organizationEndpoint(
  {
    method: "get",
    path: "/audit",
    summary: "A page of the audit log, newest first",
    permission: "audit:read",
    query: listQuery.safeExtend(filters),
    status: 200,
    answer: pageOf(eventAnswer),
  },
  async (tenant, { query }) => ({ body: await listAuditEvents(tenant, query) }),
);

const mediaTypes = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

const exportEvents = fileEndpoint(
  {
    method: "get",
    path: "/audit/export",
    summary: "The audit log as a file, oldest first; that it was exported is an event of it",
    permission: "audit:export",
    query: z.strictObject({ ...filters, search: once, format: z.enum(["csv", "json"], "Choose csv or json.") }),
    status: 200,
    files: ["text/csv", "application/json"],
  },
  (tenant, { query: { format, ...chosen } }) => ({
    content: exportAuditEvents(tenant, { format, filters: chosen }),
    mediaType: mediaTypes[format],
    headers: { "content-disposition": `attachment; filename="${tenant.organization.slug}-audit.${format}"` },
  }),
);

const verify = organizationEndpoint(
  {
    method: "get",
    path: "/audit/verification",
    summary:
      "Whether the audit log is as it was written. Keep the head elsewhere and give it as `expect` the next time",
    permission: "audit:read",
    query: z.strictObject({ expect: once }),
    status: 200,
    answer: z.discriminatedUnion("ok", [
      z.object({ ok: z.literal(true), events: z.int(), head: z.string() }),
      z.object({
        ok: z.literal(false),
        sequence: z.int(),
        problem: z.enum(["edited", "missing", "reordered", "head-mismatch"]),
      }),
    ]),
  },
  async (tenant, { query }) => ({ body: await verifyAuditChain(tenant, query) }),
);

/** What was done, by whom. */
export const auditEndpoints: readonly Endpoint[] = [list, exportEvents, verify];
