import { RowhouseError } from "../errors.ts";
import { parseMemberId } from "../members/parse-member-change.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";

/** Somebody with a verified address at one of the organization's domains who asks to be let in. */
export interface JoinRequest {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly status: "open" | "approved" | "declined";
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

/** Columns of {@link JoinRequest} in `rowhouse.join_requests as t`. */
export const joinRequestColumns = ["t.userId", "t.name", "t.email", "t.status", "t.createdAt", "t.decidedAt"] as const;

/** @throws RowhouseError NOT_FOUND */
export async function lockJoinRequest<DB, P extends string>(
  tenant: Tenant<DB, P>,
  userId: string,
): Promise<JoinRequest> {
  const row = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.joinRequests as t")
    .select(joinRequestColumns)
    .where("t.userId", "=", parseMemberId(userId))
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new RowhouseError("NOT_FOUND", "There is no such request.");
  return row;
}
