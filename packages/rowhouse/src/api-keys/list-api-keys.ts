import { sql } from "kysely";
import { containsText } from "../database/contains-text.ts";
import { pageByCursor, type CursorInput, type Page } from "../database/page-by-cursor.ts";
import type { Tenant } from "../tenant/tenant.ts";
import {
  apiKeyNotFound,
  apiKeyStatuses,
  selectApiKeys,
  statusOfKey,
  toApiKey,
  type ApiKey,
  type ApiKeyStatus,
} from "./api-key.ts";
import { invalidApiKey, parseApiKeyId } from "./parse-api-key.ts";

export interface ListApiKeysInput extends CursorInput {
  /** Part of a name or a prefix, in upper or lower case. */
  readonly search?: string | undefined;
  readonly status?: ApiKeyStatus | undefined;
  /** Only the keys of this service account. */
  readonly serviceAccountId?: string | undefined;
  /** Only the keys of this member. */
  readonly userId?: string | undefined;
}

/**
 * A page of the organization's keys, the newest first.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT
 */
export async function listApiKeys<DB, P extends string>(
  tenant: Tenant<DB, P | "api-keys:read">,
  input: ListApiKeysInput = {},
): Promise<Page<ApiKey>> {
  tenant.assertCan("api-keys:read");
  const { status, serviceAccountId, userId } = input;
  let query = selectApiKeys(tenant).select(sql<string>`t.created_at::text`.as("key"));
  const text = input.search?.trim();
  if (text) query = query.where(sql<string>`t.name || ' ' || t.prefix`, "ilike", containsText(text));
  if (status !== undefined) {
    if (!apiKeyStatuses.includes(status))
      throw invalidApiKey("status", `Choose one of ${apiKeyStatuses.join(", ")}.`, "NOT_A_CHOICE");
    query = query.where(statusOfKey, "=", status);
  }
  if (serviceAccountId !== undefined) query = query.where("t.serviceAccountId", "=", parseApiKeyId(serviceAccountId));
  if (userId !== undefined) query = query.where("t.userId", "=", parseApiKeyId(userId));
  const page = await pageByCursor(query, { order: { column: "createdAt", direction: "desc" }, cursor: input });
  return { ...page, items: page.items.map(toApiKey) };
}

/** @throws RowhouseError FORBIDDEN, NOT_FOUND */
export async function getApiKey<DB, P extends string>(
  tenant: Tenant<DB, P | "api-keys:read">,
  input: { readonly keyId: string },
): Promise<ApiKey> {
  tenant.assertCan("api-keys:read");
  const row = await selectApiKeys(tenant).where("t.id", "=", parseApiKeyId(input.keyId)).executeTakeFirst();
  if (row === undefined) throw apiKeyNotFound();
  return toApiKey(row);
}
