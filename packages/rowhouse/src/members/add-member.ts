import type { Role } from "../access/roles.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { lockMembers } from "./lock-members.ts";
import { parseLine, parseRole, parseUserId } from "./parse-member-change.ts";
import { assertMayGive } from "./role-ceiling.ts";

export interface NewMember {
  readonly userId: string;
  readonly role: Role;
  /** What lists show and search. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/**
 * Makes a user a member. Nobody gives a role above their own.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT, CONFLICT when the user is a member already, MEMBER_LIMIT
 */
export async function addMember<DB, P extends string>(
  tenant: Tenant<DB, P | "members:update">,
  input: NewMember,
): Promise<void> {
  tenant.assertCan("members:update");
  const userId = parseUserId(input.userId);
  const role = parseRole(input.role);
  const name = parseLine(input.name ?? "", "name", 200);
  const email = parseLine(input.email ?? "", "email", 254);
  assertMayGive(tenant, role);
  await tenant.transaction(async (within) => {
    await lockMembers(within);
    await controlPlaneOf(within).insertInto("rowhouse.memberships").values({ userId, role, name, email }).execute();
    within.record({ action: "member.added", target: { kind: "member", id: userId }, after: { role, name, email } });
  });
}
