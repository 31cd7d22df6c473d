import { sql } from "kysely";
import { validate as isUuid } from "uuid";
import { RowhouseError, type FieldError } from "../errors.ts";
import { countErrorCode } from "../field-error-code.ts";
import type { Operator } from "../operator/operate.ts";

/** What retention removes. */
export interface PruneAuditEvents {
  readonly organizationId: string;
  /** Events before this moment go. */
  readonly olderThan: Date;
  /** How many at most in this call, to keep its transaction short. Default 10,000. */
  readonly limit?: number | undefined;
}

/**
 * Removes an organization's oldest events. What is kept stays verifiable, from the hash of the last removed event on, and
 * the removal is itself an event. Call it, each time in a scope of its own, until it gives 0.
 *
 * @returns how many events were removed
 * @throws RowhouseError INVALID_INPUT
 */
export async function pruneAuditEvents<DB>(operator: Operator<DB>, input: PruneAuditEvents): Promise<number> {
  const { organizationId, olderThan, limit = 10_000 } = input;
  const fields: FieldError[] = [];
  if (!isUuid(organizationId))
    fields.push({ field: "organizationId", message: "Give the organization's id.", code: "WRONG_FORM" });
  if (Number.isNaN(olderThan.getTime()))
    fields.push({ field: "olderThan", message: "Give a date.", code: "WRONG_FORM" });
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= 1_000_000))
    fields.push({ field: "limit", message: "Give 1 to 1,000,000.", code: countErrorCode(limit) });
  if (fields.length > 0)
    throw new RowhouseError("INVALID_INPUT", "The audit log cannot be pruned like that.", { fields });
  const { rows } = await sql<{ pruned: string }>`
    select rowhouse.prune_audit_events(
      ${organizationId}::uuid, ${olderThan}::timestamptz, ${operator.operator}, ${operator.reason}, ${limit}::integer) as pruned`.execute(
    operator.acrossTenants,
  );
  return Number(rows[0]?.pruned ?? 0);
}
