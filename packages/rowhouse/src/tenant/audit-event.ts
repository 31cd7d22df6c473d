import type { Prelude } from "../database/scoped-statement.ts";
import { actorId, type Actor } from "./actor.ts";

/** Where a request came from, for the audit log. Longer texts are cut. */
export interface RequestOrigin {
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly requestId?: string | undefined;
}

/** What happened: `member.role-changed` to `{ kind: "member", id }`. Actor, origin, time and place are added. */
export interface AuditEvent {
  /** `noun.verb-in-the-past`, lower case with hyphens. */
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string };
  /** Only what changed. Values under names such as `password` or `token` are kept out. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
  readonly reason?: string | undefined;
}

export interface AuditSource {
  readonly organizationId: string;
  readonly actor: Actor;
  readonly origin: RequestOrigin;
}

const insertText =
  "insert into rowhouse.audit_events (organization_id, actor_kind, actor_id, action, target_kind, target_id," +
  " before, after, ip, user_agent, request_id, reason)" +
  " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/** The statement that writes an event. The database adds its place in the organization's chain. */
export function auditStatement(event: AuditEvent, { organizationId, actor, origin }: AuditSource): Prelude {
  return {
    text: insertText,
    values: [
      organizationId,
      actor.kind,
      actorId(actor),
      event.action,
      event.target.kind,
      event.target.id,
      toJson(event.before),
      toJson(event.after),
      cut(origin.ip, 60),
      cut(origin.userAgent, 400),
      cut(origin.requestId, 100),
      cut(event.reason, 1000),
    ],
  };
}

function toJson(value: Readonly<Record<string, unknown>> | undefined): string | null {
  return value === undefined ? null : JSON.stringify(redact(value));
}

const secretName = /pass(word|phrase)?$|secret|token|api_?key|authorization|cookie|hash$|private/i;

/** Copies plain data without the values that nobody should find in a log, and without what Postgres cannot keep. */
export function redact(value: unknown): unknown {
  if (typeof value === "string") return keepable(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([name, inner]) => [keepable(name), secretName.test(name) ? "[redacted]" : redact(inner)] as const,
  );
  return Object.fromEntries(entries);
}

/** Without NUL and halves of surrogate pairs, which jsonb refuses. */
function keepable(text: string): string {
  return text.replace(/[\0\p{Cs}]/gu, "");
}

function cut(text: string | undefined, longest: number): string | null {
  return text === undefined ? null : text.replaceAll("\0", "").slice(0, longest);
}
