import { sql } from "kysely";
import { containsText } from "../database/contains-text.ts";
import { pageByCursor, type CursorInput, type Page } from "../database/page-by-cursor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { joinRequestColumns, type JoinRequest } from "./join-request.ts";

export interface ListJoinRequestsInput extends CursorInput {
  /** Part of a name or an address. */
  readonly search?: string | undefined;
}

/**
 * A page of the open requests, the oldest first. Who became a member by other means is not among them.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT for a cursor or limit that cannot be
 */
export async function listJoinRequests<DB, P extends string>(
  tenant: Tenant<DB, P | "members:update">,
  input: ListJoinRequestsInput = {},
): Promise<Page<JoinRequest>> {
  tenant.assertCan("members:update");
  let query = controlPlaneOf(tenant)
    .selectFrom("rowhouse.joinRequests as t")
    .leftJoin("rowhouse.memberships as m", "m.userId", "t.userId")
    .select(joinRequestColumns)
    .select(["t.userId as id", sql<string>`t.created_at::text`.as("key")])
    .where("m.userId", "is", null)
    .where(sql<boolean>`t.status = 'open'`);
  const text = input.search?.trim();
  if (text) query = query.where(sql<boolean>`t.name || ' ' || t.email ilike ${containsText(text)}`);
  const page = await pageByCursor(query, {
    order: { column: "createdAt", direction: "asc", idColumn: "userId" },
    cursor: input,
  });
  return { ...page, items: page.items.map(({ id: _id, key: _key, ...request }) => request) };
}
