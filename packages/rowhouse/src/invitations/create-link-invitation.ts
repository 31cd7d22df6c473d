import { sql } from "kysely";
import type { Role } from "../access/roles.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { getInvitation, type NewInvitation } from "./invitation.ts";
import { hashInvitationToken, newInvitationToken } from "./invitation-token.ts";
import { inviterOf, lockInvitingOrganization, parseInvitedRole } from "./inviting-organization.ts";
import { countErrorCode } from "../field-error-code.ts";
import { invalidInvitation, parseDomain } from "./parse-email.ts";

export interface LinkInvitationInput {
  /** Below owner: a link goes from hand to hand. */
  readonly role: Role;
  /** How many people may come by it, 1 to 10,000. Left out: as many as there are seats. */
  readonly useLimit?: number | undefined;
  /** Only for verified addresses at exactly this domain. */
  readonly allowedDomain?: string | undefined;
  /** 1 to 90. */
  readonly expiresInDays: number;
}

/**
 * A link for several people, to be shared by whatever means; it needs no mail and may be shown to whoever made it. It
 * reserves no seat and proves no address.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT
 */
export async function createLinkInvitation<DB, P extends string>(
  tenant: Tenant<DB, P | "invitations:create">,
  input: LinkInvitationInput,
): Promise<NewInvitation> {
  tenant.assertCan("invitations:create");
  const { days, ...link } = parseLink(input, tenant);
  const token = newInvitationToken();
  return tenant.transaction(async (within) => {
    await lockInvitingOrganization(within);
    const db = controlPlaneOf(within);
    const { id } = await db
      .insertInto("rowhouse.invitations")
      .values({
        ...link,
        kind: "link",
        tokenHash: hashInvitationToken(token),
        invitedBy: inviterOf(within.actor),
        expiresAt: sql<Date>`now() + make_interval(days => ${days})`,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    within.record({
      action: "invitation.created",
      target: { kind: "invitation", id },
      after: { kind: "link", ...link },
    });
    return { invitation: await getInvitation(db, id), token };
  });
}

function parseLink<DB, P extends string>(input: LinkInvitationInput, tenant: Tenant<DB, P>) {
  const role = parseInvitedRole(input.role, tenant);
  if (role === "owner")
    throw invalidInvitation("role", "A link cannot make owners. Invite an owner by their address.", "NOT_ALLOWED");
  const useLimit = input.useLimit ?? null;
  if (useLimit !== null && !isWithin(useLimit, 10_000))
    throw invalidInvitation("useLimit", "Enter a whole number from 1 to 10,000.", countErrorCode(useLimit));
  if (!isWithin(input.expiresInDays, 90))
    throw invalidInvitation(
      "expiresInDays",
      "Enter a whole number of days from 1 to 90.",
      countErrorCode(input.expiresInDays),
    );
  return { role, useLimit, allowedDomain: parseAllowedDomain(input.allowedDomain), days: input.expiresInDays };
}

function parseAllowedDomain(text: string | undefined): string | null {
  if (text === undefined) return null;
  const domain = parseDomain(text.trim().replace(/^@/, ""));
  if (domain === undefined)
    throw invalidInvitation("allowedDomain", "Enter a domain such as example.com.", "WRONG_FORM");
  return domain;
}

function isWithin(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}
