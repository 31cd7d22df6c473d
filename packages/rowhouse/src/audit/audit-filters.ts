import { sql, type ExpressionBuilder, type SelectQueryBuilder, type SqlBool } from "kysely";
import { z } from "zod";
import { containsText } from "../database/contains-text.ts";
import { RowhouseError } from "../errors.ts";
import { toFieldError } from "../field-error-code.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";

/** Which events of an organization. What is left out does not narrow. */
export interface AuditFilters {
  /** The id of who acted: of a user, a key, a service account. */
  readonly actor?: string | undefined;
  /** An action such as `member.removed`, or every action on a noun: `member.*`. */
  readonly action?: string | undefined;
  /** The id of what was acted on. */
  readonly target?: string | undefined;
  /** From this moment on, as ISO 8601 with an offset, or the beginning of a day in UTC (`2026-01-31`). */
  readonly from?: string | undefined;
  /** Before this moment; a day is taken in whole. */
  readonly to?: string | undefined;
  /** Text that an event's action, actor, target, values, reason, address or request id contains. */
  readonly search?: string | undefined;
}

const text = z
  .string()
  .max(200, "Use at most 200 characters.")
  .refine((value) => !value.includes("\0"), "Remove the control characters.");
const day = z.iso.date();
const moment = z.union(
  [day, z.iso.datetime({ offset: true })],
  "Give a day (2026-01-31) or a time with its offset (2026-01-31T08:00:00Z).",
);

const shape = z.object({
  actor: text.optional(),
  action: z
    .string()
    .regex(/^[a-z][a-z-]*\.([a-z][a-z-]*|\*)$/, "Give an action such as member.removed, or member.* for all on a noun.")
    .optional(),
  target: text.optional(),
  from: moment.transform((value) => new Date(value)).optional(),
  to: moment.transform((value) => (day.safeParse(value).success ? dayAfter(value) : new Date(value))).optional(),
  search: text.optional(),
});

export type ParsedAuditFilters = z.output<typeof shape>;

/** @throws RowhouseError INVALID_INPUT naming every wrong field */
export function parseAuditFilters({ actor, action, target, from, to, search }: AuditFilters): ParsedAuditFilters {
  const filters = { actor, action, target, from, to, search };
  const result = shape.safeParse(filters);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => toFieldError(issue, filters, "filters"));
  throw new RowhouseError("INVALID_INPUT", "The audit log cannot be filtered like that.", { fields });
}

type Events = { t: ControlPlane["rowhouse.auditEvents"] };

/** Narrows a query whose table `t` is the audit log. */
export function filterEvents<DB extends Events, Row>(
  query: SelectQueryBuilder<DB, "t", Row>,
  { actor, action, target, from, to, search }: ParsedAuditFilters,
): SelectQueryBuilder<DB, "t", Row> {
  let narrowed = query as unknown as SelectQueryBuilder<Events, "t", Row>;
  if (actor !== undefined) narrowed = narrowed.where("t.actorId", "=", actor);
  if (target !== undefined) narrowed = narrowed.where("t.targetId", "=", target);
  if (from !== undefined) narrowed = narrowed.where("t.occurredAt", ">=", from);
  if (to !== undefined) narrowed = narrowed.where("t.occurredAt", "<", to);
  if (action?.endsWith(".*") === true) narrowed = narrowed.where("t.action", "like", `${action.slice(0, -1)}%`);
  else if (action !== undefined) narrowed = narrowed.where("t.action", "=", action);
  if (search !== undefined && search.trim() !== "")
    narrowed = narrowed.where((eb) => contains(eb, containsText(search.trim())));
  return narrowed;
}

const searched = ["t.action", "t.actorId", "t.targetId", "t.reason", "t.ip", "t.requestId"] as const;

function contains(eb: ExpressionBuilder<Events, "t">, pattern: string) {
  const values = ["t.before", "t.after"].map((name) => sql<SqlBool>`${sql.ref(name)}::text ilike ${pattern}`);
  return eb.or([...searched.map((name) => eb(name, "ilike", pattern)), ...values]);
}

function dayAfter(value: string): Date {
  const date = new Date(value);
  date.setUTCDate(date.getUTCDate() + 1);
  return date;
}
