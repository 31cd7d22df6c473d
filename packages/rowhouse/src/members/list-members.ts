import { sql } from "kysely";
import type { Role } from "../access/roles.ts";
import { containsText } from "../database/contains-text.ts";
import { pageByCursor, planPage, type CursorInput, type Order, type Page } from "../database/page-by-cursor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { memberColumns, type Member } from "./member.ts";
import { parseRole } from "./parse-member-change.ts";

/** By name and then address, or by when they joined. */
export type MemberSort = "name" | "newest" | "oldest";

const orders: Readonly<Record<MemberSort, Order<"search" | "createdAt">>> = {
  name: { column: "search", direction: "asc", idColumn: "userId" },
  newest: { column: "createdAt", direction: "desc", idColumn: "userId" },
  oldest: { column: "createdAt", direction: "asc", idColumn: "userId" },
};

export interface ListMembersInput extends CursorInput {
  /** Part of a name or an address, in upper or lower case. */
  readonly search?: string | undefined;
  readonly role?: Role | undefined;
  readonly status?: Member["status"] | undefined;
  /** Default `name`. */
  readonly sort?: MemberSort | undefined;
}

/**
 * A page of the members.
 *
 * In two steps: which members, by columns that an index holds, so that a search through many reads no rows; then those rows.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT for a cursor or limit that cannot be
 */
export async function listMembers<DB, P extends string>(
  tenant: Tenant<DB, P | "members:read">,
  input: ListMembersInput = {},
): Promise<Page<Member>> {
  tenant.assertCan("members:read");
  const order = orders[input.sort ?? "name"];
  const page = await pageByCursor(findKeys(tenant, input, order.column), { order, cursor: input });
  const members = await readMembers(
    tenant,
    page.items.map(({ id }) => id),
  );
  return { ...page, items: page.items.flatMap(({ id }) => members.get(id) ?? []) };
}

/** The first of the two steps as a statement, so that a test can ask Postgres how it reads the rows. */
export function planMembersPage<DB, P extends string>(tenant: Tenant<DB, P>, input: ListMembersInput) {
  const order = orders[input.sort ?? "name"];
  return planPage(findKeys(tenant, input, order.column), { order, cursor: input });
}

function findKeys<DB, P extends string>(
  tenant: Tenant<DB, P>,
  input: ListMembersInput,
  column: "search" | "createdAt",
) {
  const key = sql<string>`${sql.ref(`t.${column}`)}::text`;
  let query = controlPlaneOf(tenant)
    .selectFrom("rowhouse.memberships as t")
    .select(["t.userId as id", key.as("key")]);
  const text = input.search?.trim();
  // The sub-select is run once; without it a prepared statement puts the pattern into lower case again for every row.
  if (text) query = query.where(sql<boolean>`t.search like (select lower(${containsText(text)}))`);
  if (input.role !== undefined) query = query.where("t.role", "=", parseRole(input.role));
  // Written out, since an index of the suspended ones alone is of no use to a value that comes later.
  if (input.status === "suspended") query = query.where(sql<boolean>`t.status = 'suspended'`);
  if (input.status === "active") query = query.where(sql<boolean>`t.status = 'active'`);
  return query;
}

async function readMembers<DB, P extends string>(
  tenant: Tenant<DB, P>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Member>> {
  if (ids.length === 0) return new Map();
  const query = controlPlaneOf(tenant).selectFrom("rowhouse.memberships as t").select(memberColumns);
  const members = await query.where("t.userId", "in", ids).execute();
  return new Map(members.map((member) => [member.userId, member]));
}
