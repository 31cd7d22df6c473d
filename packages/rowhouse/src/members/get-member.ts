import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { memberColumns, type Member } from "./member.ts";
import { memberNotFound, parseMemberId } from "./parse-member-change.ts";

/** @throws RowhouseError FORBIDDEN, NOT_FOUND */
export async function getMember<DB, P extends string>(
  tenant: Tenant<DB, P | "members:read">,
  input: { readonly userId: string },
): Promise<Member> {
  tenant.assertCan("members:read");
  const query = controlPlaneOf(tenant).selectFrom("rowhouse.memberships as t").select(memberColumns);
  const member = await query.where("t.userId", "=", parseMemberId(input.userId)).executeTakeFirst();
  if (member === undefined) throw memberNotFound();
  return member;
}
