import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { lockMembers } from "./lock-members.ts";
import type { Member } from "./member.ts";
import { memberNotFound, parseMemberId, parseReason } from "./parse-member-change.ts";
import { assertMayActOn } from "./role-ceiling.ts";

/**
 * Ends a membership, and with it the member's API keys. The member's next request is refused.
 *
 * @throws RowhouseError FORBIDDEN above the caller's own role, NOT_FOUND, INVALID_INPUT, LAST_OWNER
 */
export async function removeMember<DB, P extends string>(
  tenant: Tenant<DB, P | "members:remove">,
  input: { readonly userId: string; readonly reason?: string | undefined },
): Promise<void> {
  tenant.assertCan("members:remove");
  const userId = parseMemberId(input.userId);
  const reason = parseReason(input.reason);
  await tenant.transaction(async (within) => {
    const member = (await lockMembers(within, [userId])).get(userId);
    if (member === undefined) throw memberNotFound();
    assertMayActOn(within.role, member.role);
    await endMembership(within, member, { action: "member.removed", reason });
  });
}

/** Its keys go with it, by their foreign key. */
export async function endMembership<DB, P extends string>(
  tenant: Tenant<DB, P>,
  { userId, role, name, email }: Member,
  event: { readonly action: "member.removed" | "member.left"; readonly reason: string | undefined },
): Promise<void> {
  await controlPlaneOf(tenant).deleteFrom("rowhouse.memberships").where("userId", "=", userId).execute();
  tenant.record({ ...event, target: { kind: "member", id: userId }, before: { role, name, email } });
}
