import { sql } from "kysely";
import type { Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { lockMembers } from "./lock-members.ts";
import { memberNotFound, parseMemberId, parseReason } from "./parse-member-change.ts";

/**
 * Makes another active member owner and the caller, who is one, admin: both or neither.
 *
 * @throws RowhouseError FORBIDDEN to all but an owner in person, NOT_FOUND, INVALID_INPUT, CONFLICT for somebody suspended
 */
export async function transferOwnership<DB, P extends string>(
  tenant: Tenant<DB, P>,
  input: { readonly toUserId: string; readonly reason?: string | undefined },
): Promise<void> {
  const { actor } = tenant;
  if (actor.kind !== "user" || tenant.role !== "owner") {
    throw new RowhouseError("FORBIDDEN", "Only an owner who is signed in can hand ownership over.");
  }
  const toUserId = parseMemberId(input.toUserId);
  const reason = parseReason(input.reason);
  if (toUserId === actor.userId)
    throw new RowhouseError("INVALID_INPUT", "You are an owner already. Choose another member.");
  await tenant.transaction(async (within) => {
    const member = (await lockMembers(within, [toUserId])).get(toUserId);
    if (member === undefined) throw memberNotFound();
    if (member.status !== "active") {
      throw new RowhouseError("CONFLICT", "This member is suspended. Restore the member first.");
    }
    await setRole(within, toUserId, "owner");
    await setRole(within, actor.userId, "admin");
    within.record({
      action: "organization.ownership-transferred",
      target: { kind: "member", id: toUserId },
      before: { role: member.role, owner: actor.userId },
      after: { role: "owner", owner: toUserId, formerOwnerRole: "admin" },
      reason,
    });
  });
}

async function setRole<DB, P extends string>(tenant: Tenant<DB, P>, userId: string, role: Role): Promise<void> {
  const query = controlPlaneOf(tenant)
    .updateTable("rowhouse.memberships")
    .set({ role, updatedAt: sql`now()` });
  await query.where("userId", "=", userId).execute();
}
