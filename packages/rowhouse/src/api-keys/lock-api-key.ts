import type { Role } from "../access/roles.ts";
import { lockMembers } from "../members/lock-members.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { apiKeyNotFound, selectApiKeys, toApiKey, type ApiKey } from "./api-key.ts";
import { parseApiKeyId } from "./parse-api-key.ts";

/**
 * A key as it stands and, until the transaction ends, stays: keys change one after the other, under the lock of the members
 * by whose roles they are bounded.
 *
 * @throws RowhouseError NOT_FOUND, FORBIDDEN when the caller's own standing changed meanwhile
 */
export async function lockApiKey<DB, P extends string>(
  tenant: Tenant<DB, P>,
  keyId: unknown,
): Promise<{ readonly record: ApiKey; readonly holderRole: Role }> {
  const id = parseApiKeyId(keyId);
  await lockMembers(tenant);
  const row = await selectApiKeys(tenant).where("t.id", "=", id).executeTakeFirst();
  // Its holder cannot be missing, by the foreign keys.
  if (row === undefined || row.holderRole === null) throw apiKeyNotFound();
  return { record: toApiKey(row), holderRole: row.holderRole };
}

/** A key as it was just written. */
export async function readApiKey<DB, P extends string>(tenant: Tenant<DB, P>, id: string): Promise<ApiKey> {
  return toApiKey(await selectApiKeys(tenant).where("t.id", "=", id).executeTakeFirstOrThrow());
}
