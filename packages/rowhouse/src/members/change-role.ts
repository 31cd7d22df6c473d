import { sql } from "kysely";
import type { Role } from "../access/roles.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { lockMembers } from "./lock-members.ts";
import type { Member } from "./member.ts";
import { memberNotFound, parseMemberId, parseReason, parseRole } from "./parse-member-change.ts";
import { assertMayActOn, assertMayGive } from "./role-ceiling.ts";

/**
 * Gives a member another role; it holds from the member's next request on. The same role again changes nothing.
 *
 * @throws RowhouseError FORBIDDEN above the caller's own role, NOT_FOUND, INVALID_INPUT, LAST_OWNER
 */
export async function changeRole<DB, P extends string>(
  tenant: Tenant<DB, P | "members:update">,
  input: { readonly userId: string; readonly role: Role; readonly reason?: string | undefined },
): Promise<Member> {
  tenant.assertCan("members:update");
  const userId = parseMemberId(input.userId);
  const role = parseRole(input.role);
  const reason = parseReason(input.reason);
  return tenant.transaction(async (within) => {
    const member = (await lockMembers(within, [userId])).get(userId);
    if (member === undefined) throw memberNotFound();
    assertMayActOn(within.role, member.role);
    assertMayGive(within, role);
    if (member.role === role) return member;
    await controlPlaneOf(within)
      .updateTable("rowhouse.memberships")
      .set({ role, updatedAt: sql`now()` })
      .where("userId", "=", userId)
      .execute();
    const target = { kind: "member", id: userId };
    within.record({ action: "member.role-changed", target, before: { role: member.role }, after: { role }, reason });
    return { ...member, role };
  });
}
