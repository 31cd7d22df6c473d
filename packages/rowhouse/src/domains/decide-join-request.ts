import { sql } from "kysely";
import type { Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import { lockMembers } from "../members/lock-members.ts";
import { parseMemberId, parseRole } from "../members/parse-member-change.ts";
import { assertMayGive } from "../members/role-ceiling.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { lockJoinRequest, type JoinRequest } from "./join-request.ts";

/**
 * Lets somebody in who asked. Doing it twice is doing it once.
 *
 * @throws RowhouseError FORBIDDEN above the caller's own role, NOT_FOUND, INVALID_INPUT, GONE for a declined request, CONFLICT
 *   for a suspended member, MEMBER_LIMIT
 */
export async function approveJoinRequest<DB, P extends string>(
  tenant: Tenant<DB, P | "members:update">,
  input: {
    readonly userId: string;
    /** Left out: what the domain's setting says, or viewer when the domain is gone. */
    readonly role?: Role | undefined;
  },
): Promise<JoinRequest> {
  tenant.assertCan("members:update");
  const userId = parseMemberId(input.userId);
  const asked = input.role === undefined ? undefined : parseRole(input.role);
  return tenant.transaction(async (within) => {
    const member = (await lockMembers(within, [userId])).get(userId);
    const request = await lockJoinRequest(within, userId);
    if (member?.status === "suspended")
      throw new RowhouseError("CONFLICT", "This person is a suspended member. Restore them instead.");
    if (member !== undefined) return decide(within, request, "approved");
    if (request.status !== "open") throw new RowhouseError("GONE", `This request is ${request.status} already.`);
    const role = asked ?? (await roleOfDomain(within, request.email));
    assertMayGive(within, role);
    const { name, email } = request;
    await controlPlaneOf(within).insertInto("rowhouse.memberships").values({ userId, role, name, email }).execute();
    within.record({ action: "member.added", target: { kind: "member", id: userId }, after: { role, name, email } });
    return decide(within, request, "approved");
  });
}

/**
 * Says no. The person may ask again a week later.
 *
 * @throws RowhouseError FORBIDDEN, NOT_FOUND, GONE for a request that was approved
 */
export async function declineJoinRequest<DB, P extends string>(
  tenant: Tenant<DB, P | "members:update">,
  input: { readonly userId: string },
): Promise<JoinRequest> {
  tenant.assertCan("members:update");
  const userId = parseMemberId(input.userId);
  return tenant.transaction(async (within) => {
    await lockMembers(within);
    const request = await lockJoinRequest(within, userId);
    if (request.status === "approved") throw new RowhouseError("GONE", "This request was approved already.");
    return decide(within, request, "declined");
  });
}

async function decide<DB, P extends string>(
  tenant: Tenant<DB, P>,
  request: JoinRequest,
  status: "approved" | "declined",
): Promise<JoinRequest> {
  if (request.status === status) return request;
  const { userId, email } = request;
  const { decidedAt } = await controlPlaneOf(tenant)
    .updateTable("rowhouse.joinRequests")
    .set({ status, decidedAt: sql<Date>`now()` })
    .where("userId", "=", userId)
    .returning("decidedAt")
    .executeTakeFirstOrThrow();
  const target = { kind: "join-request", id: userId };
  tenant.record({
    action: `join-request.${status}`,
    target,
    before: { status: request.status },
    after: { status, email },
  });
  return { ...request, status, decidedAt };
}

async function roleOfDomain<DB, P extends string>(tenant: Tenant<DB, P>, email: string): Promise<Role> {
  const row = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.domains")
    .select("joinRole")
    .where("domain", "=", email.slice(email.lastIndexOf("@") + 1))
    .where("status", "=", "verified")
    .executeTakeFirst();
  return row?.joinRole ?? "viewer";
}
