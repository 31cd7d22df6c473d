import { sql, type Selectable } from "kysely";
import type { ControlPlane } from "../tenant/control-plane.ts";

/** An event of the audit log as it was written, ready for JSON. */
export interface AuditEntry {
  readonly id: string;
  /** Its place in the organization's chain, from 1. */
  readonly sequence: number;
  /** ISO 8601 in UTC, to the microsecond. */
  readonly occurredAt: string;
  readonly actor: { readonly kind: Selectable<ControlPlane["rowhouse.auditEvents"]>["actorKind"]; readonly id: string };
  /** Who really acted, when somebody acted as another. */
  readonly impersonatorId: string | null;
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string };
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  readonly reason: string | null;
  /** Hex. The hash of this event, and with it of all that came before. */
  readonly hash: string;
}

/** The columns of a query whose table `t` is the audit log. */
export const auditColumns = [
  "t.id",
  "t.actorKind",
  "t.actorId",
  "t.impersonatorId",
  "t.action",
  "t.targetKind",
  "t.targetId",
  "t.ip",
  "t.userAgent",
  "t.requestId",
  "t.reason",
  sql<string>`t.sequence::text`.as("key"),
  sql<string>`to_char(t.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as("occurredAt"),
  // As text: the names inside of them are the product's, not columns to be put into camel case.
  sql<string | null>`t.before::text`.as("before"),
  sql<string | null>`t.after::text`.as("after"),
  sql<string>`encode(t.hash, 'hex')`.as("hash"),
] as const;

/** A row of {@link auditColumns}. */
export type AuditRow = Pick<
  Selectable<ControlPlane["rowhouse.auditEvents"]>,
  | "id"
  | "actorKind"
  | "actorId"
  | "impersonatorId"
  | "action"
  | "targetKind"
  | "targetId"
  | "ip"
  | "userAgent"
  | "requestId"
  | "reason"
> & {
  readonly key: string;
  readonly occurredAt: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly hash: string;
};

export function toAuditEntry(row: AuditRow): AuditEntry {
  const { id, impersonatorId, action, ip, userAgent, requestId, reason, hash, occurredAt } = row;
  return {
    id,
    sequence: Number(row.key),
    occurredAt,
    actor: { kind: row.actorKind, id: row.actorId },
    impersonatorId,
    action,
    target: { kind: row.targetKind, id: row.targetId },
    before: parseValues(row.before),
    after: parseValues(row.after),
    ip,
    userAgent,
    requestId,
    reason,
    hash,
  };
}

function parseValues(text: string | null): Record<string, unknown> | null {
  return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
}
