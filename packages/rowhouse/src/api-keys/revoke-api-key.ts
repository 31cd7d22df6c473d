import { sql } from "kysely";
import { assertMayActOn } from "../members/role-ceiling.ts";
import { parseReason } from "../members/parse-member-change.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { ApiKey } from "./api-key.ts";
import { lockApiKey, readApiKey } from "./lock-api-key.ts";

/**
 * Ends a key, from its next request on and for good. Doing it twice is doing it once.
 *
 * @throws RowhouseError FORBIDDEN for the key of somebody above the caller's own role, NOT_FOUND, INVALID_INPUT
 */
export async function revokeApiKey<DB, P extends string>(
  tenant: Tenant<DB, P | "api-keys:revoke">,
  input: { readonly keyId: string; readonly reason?: string | undefined },
): Promise<ApiKey> {
  tenant.assertCan("api-keys:revoke");
  const reason = parseReason(input.reason);
  return tenant.transaction(async (within) => {
    const { record, holderRole } = await lockApiKey(within, input.keyId);
    assertMayActOn(within.role, holderRole);
    const { id, name, prefix, status } = record;
    if (status === "revoked") return record;
    await controlPlaneOf(within)
      .updateTable("rowhouse.apiKeys")
      .set({ revokedAt: sql<Date>`now()` })
      .where("id", "=", id)
      .execute();
    const target = { kind: "api-key", id };
    within.record({ action: "api-key.revoked", target, before: { status }, after: { name, prefix }, reason });
    return readApiKey(within, id);
  });
}
