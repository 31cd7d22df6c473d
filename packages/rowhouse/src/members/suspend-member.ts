import { sql } from "kysely";
import { RowhouseError } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { lockMembers } from "./lock-members.ts";
import type { Member } from "./member.ts";
import { memberNotFound, parseMemberId, parseReason } from "./parse-member-change.ts";
import { assertMayActOn, assertMayGive } from "./role-ceiling.ts";

interface StatusChange {
  readonly userId: string;
  readonly reason?: string | undefined;
}

/**
 * Shuts a member out, and the member's API keys, without forgetting the role. Frees the seat.
 *
 * @throws RowhouseError FORBIDDEN above the caller's own role and for oneself, NOT_FOUND, INVALID_INPUT, LAST_OWNER
 */
export async function suspendMember<DB, P extends string>(
  tenant: Tenant<DB, P | "members:update">,
  input: StatusChange,
): Promise<Member> {
  return changeStatus(tenant, input, "suspended");
}

/**
 * Lets a suspended member in again, with the role of before. Takes a seat.
 *
 * @throws RowhouseError FORBIDDEN above the caller's own role, NOT_FOUND, INVALID_INPUT, MEMBER_LIMIT
 */
export async function restoreMember<DB, P extends string>(
  tenant: Tenant<DB, P | "members:update">,
  input: StatusChange,
): Promise<Member> {
  return changeStatus(tenant, input, "active");
}

async function changeStatus<DB, P extends string>(
  tenant: Tenant<DB, P | "members:update">,
  input: StatusChange,
  status: Member["status"],
): Promise<Member> {
  tenant.assertCan("members:update");
  const userId = parseMemberId(input.userId);
  const reason = parseReason(input.reason);
  if ("userId" in tenant.actor && tenant.actor.userId === userId) {
    throw new RowhouseError("FORBIDDEN", "Nobody suspends or restores themselves. Leave the organization instead.");
  }
  return tenant.transaction(async (within) => {
    const member = (await lockMembers(within, [userId])).get(userId);
    if (member === undefined) throw memberNotFound();
    assertMayActOn(within.role, member.role);
    if (status === "active") assertMayGive(within, member.role);
    if (member.status === status) return member;
    await controlPlaneOf(within)
      .updateTable("rowhouse.memberships")
      .set({ status, updatedAt: sql`now()` })
      .where("userId", "=", userId)
      .execute();
    const action = status === "suspended" ? "member.suspended" : "member.restored";
    const change = { before: { status: member.status }, after: { status } };
    within.record({ action, target: { kind: "member", id: userId }, ...change, reason });
    return { ...member, status };
  });
}
