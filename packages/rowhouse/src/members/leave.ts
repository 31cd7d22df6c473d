import { RowhouseError } from "../errors.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { lockMembers } from "./lock-members.ts";
import { memberNotFound } from "./parse-member-change.ts";
import { endMembership } from "./remove-member.ts";

/**
 * Ends the caller's own membership. Needs no permission; the last owner cannot.
 *
 * @throws RowhouseError LAST_OWNER, FORBIDDEN to keys and jobs, which are nobody's to leave for
 */
export async function leave<DB, P extends string>(tenant: Tenant<DB, P>): Promise<void> {
  const { actor } = tenant;
  if (actor.kind !== "user") throw new RowhouseError("FORBIDDEN", "Only a person who is signed in can leave.");
  await tenant.transaction(async (within) => {
    const member = (await lockMembers(within)).get(actor.userId);
    if (member === undefined) throw memberNotFound();
    await endMembership(within, member, { action: "member.left", reason: undefined });
  });
}
