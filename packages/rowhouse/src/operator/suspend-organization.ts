import { RowhouseError } from "../errors.ts";
import { changeOrganization, type OrganizationStanding } from "./change-organization.ts";
import type { Operator } from "./operate.ts";

interface StandingInput {
  readonly organizationId: string;
  /** 1 to 1,000 characters; the organization's audit log shows it. */
  readonly reason: string;
}

/**
 * Shuts every member out of an organization, from their next request on. Nothing is deleted.
 *
 * @throws RowhouseError REASON_REQUIRED, NOT_FOUND
 */
export async function suspendOrganization<DB>(
  operator: Operator<DB>,
  input: StandingInput,
): Promise<OrganizationStanding> {
  const reason = parseReason(input.reason);
  return changeOrganization(operator, input.organizationId, {
    action: "organization.suspended",
    change: { status: "suspended", suspendedReason: reason },
    reason,
  });
}

/** @throws RowhouseError REASON_REQUIRED, NOT_FOUND */
export async function restoreOrganization<DB>(
  operator: Operator<DB>,
  input: StandingInput,
): Promise<OrganizationStanding> {
  return changeOrganization(operator, input.organizationId, {
    action: "organization.restored",
    change: { status: "active", suspendedReason: null },
    reason: parseReason(input.reason),
  });
}

function parseReason(value: unknown): string {
  const reason = typeof value === "string" ? value.replaceAll("\0", "").trim() : "";
  if (reason !== "" && reason.length <= 1000) return reason;
  throw new RowhouseError("REASON_REQUIRED", "Give a reason of 1 to 1,000 characters.");
}
