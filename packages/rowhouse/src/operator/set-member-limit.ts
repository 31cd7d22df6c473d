import { RowhouseError } from "../errors.ts";
import { countErrorCode } from "../field-error-code.ts";
import { changeOrganization, type OrganizationStanding } from "./change-organization.ts";
import type { Operator } from "./operate.ts";

/** More would not be a limit; `null` is how to say none. */
const mostSeats = 10_000_000;

/**
 * The most members together with open invitations, or `null` for no limit. A limit below what is taken removes nobody;
 * nobody joins until there is room.
 *
 * @throws RowhouseError INVALID_INPUT, NOT_FOUND, CONFLICT for a personal workspace
 */
export async function setMemberLimit<DB>(
  operator: Operator<DB>,
  { organizationId, limit }: { readonly organizationId: string; readonly limit: number | null },
): Promise<OrganizationStanding> {
  if (limit !== null && !(Number.isInteger(limit) && limit >= 1 && limit <= mostSeats)) {
    throw new RowhouseError(
      "INVALID_INPUT",
      `The member limit must be null or a whole number from 1; ${limit} was given.`,
      {
        fields: [
          {
            field: "limit",
            message: "Use a whole number from 1, or nothing for no limit.",
            code: countErrorCode(limit),
          },
        ],
      },
    );
  }
  const change = { memberLimit: limit };
  return changeOrganization(operator, organizationId, {
    action: "organization.member-limit-set",
    change,
    reason: operator.reason,
  });
}
