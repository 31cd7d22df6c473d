import { sql } from "kysely";
import { validate as isUuid } from "uuid";
import { RowhouseError } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { invitationNotFound, type InvitationStatus } from "./invitation.ts";
import { lockInvitingOrganization } from "./inviting-organization.ts";

/**
 * The row as it stands and, until the transaction ends, stays.
 *
 * @throws RowhouseError NOT_FOUND
 */
export async function lockInvitation<DB, P extends string>(tenant: Tenant<DB, P>, id: string) {
  if (!isUuid(id)) throw invitationNotFound();
  const { memberLimit } = await lockInvitingOrganization(tenant);
  const row = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.invitations")
    .select(["id", "kind", "email", "role", "status", sql<boolean>`expires_at <= now()`.as("isPast")])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw invitationNotFound();
  return { ...row, memberLimit };
}

/** What stands in the way of somebody who comes too late. */
export function invitationGone(status: InvitationStatus): RowhouseError {
  const reasons: Readonly<Record<InvitationStatus, string>> = {
    created: "The invitation is not valid any more. Ask for a new one.",
    sent: "The invitation is not valid any more. Ask for a new one.",
    accepted: "The invitation has been used. Ask for a new one.",
    declined: "The invitation was declined. Ask for a new one if that was a mistake.",
    revoked: "The invitation was taken back. Ask for a new one.",
    expired: "The invitation has expired. Ask for a new one.",
  };
  return new RowhouseError("GONE", reasons[status]);
}
