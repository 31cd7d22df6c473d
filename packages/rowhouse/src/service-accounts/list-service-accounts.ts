import { sql } from "kysely";
import { containsText } from "../database/contains-text.ts";
import { pageByCursor, type CursorInput, type Page } from "../database/page-by-cursor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { parseServiceAccountId, serviceAccountNotFound } from "./parse-service-account.ts";
import { serviceAccountColumns, type ServiceAccount } from "./service-account.ts";

export interface ListServiceAccountsInput extends CursorInput {
  /** Part of a name, in upper or lower case. */
  readonly search?: string | undefined;
  readonly status?: ServiceAccount["status"] | undefined;
}

const order = { column: "name", direction: "asc" } as const;

/**
 * A page of the service accounts, by name.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT for a cursor or limit that cannot be
 */
export async function listServiceAccounts<DB, P extends string>(
  tenant: Tenant<DB, P | "service-accounts:read">,
  input: ListServiceAccountsInput = {},
): Promise<Page<ServiceAccount>> {
  tenant.assertCan("service-accounts:read");
  let query = controlPlaneOf(tenant)
    .selectFrom("rowhouse.serviceAccounts as t")
    .select([...serviceAccountColumns, sql<string>`t.name`.as("key")]);
  const text = input.search?.trim();
  if (text) query = query.where("t.name", "ilike", containsText(text));
  if (input.status !== undefined) query = query.where("t.status", "=", input.status);
  const page = await pageByCursor(query, { order, cursor: input });
  return { ...page, items: page.items.map(({ key: _key, ...account }) => account) };
}

/** @throws RowhouseError FORBIDDEN, NOT_FOUND */
export async function getServiceAccount<DB, P extends string>(
  tenant: Tenant<DB, P | "service-accounts:read">,
  input: { readonly serviceAccountId: string },
): Promise<ServiceAccount> {
  tenant.assertCan("service-accounts:read");
  const id = parseServiceAccountId(input.serviceAccountId);
  const query = controlPlaneOf(tenant).selectFrom("rowhouse.serviceAccounts as t").select(serviceAccountColumns);
  const account = await query.where("t.id", "=", id).executeTakeFirst();
  if (account === undefined) throw serviceAccountNotFound();
  return account;
}
