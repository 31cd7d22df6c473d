import { RowhouseError } from "../errors.ts";
import { assertMayActOn } from "../members/role-ceiling.ts";
import { parseReason } from "../members/parse-member-change.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { ApiKey, NewApiKey } from "./api-key.ts";
import { newApiKeyText } from "./api-key-text.ts";
import { personOf } from "./create-api-key.ts";
import { lockApiKey, readApiKey } from "./lock-api-key.ts";
import { assertWithin, parseExpiry } from "./parse-api-key.ts";

export interface RotateApiKeyInput {
  readonly keyId: string;
  /** A new end, or `null` for none. Left out: as before. */
  readonly expiresAt?: Date | null | undefined;
  readonly reason?: string | undefined;
}

/**
 * Gives a key another secret; the one before is dead at once. Whoever gets the secret can do what the key can: so it is for
 * the key's own holder, or for a service account's key within the caller's own role and permissions.
 *
 * @throws RowhouseError FORBIDDEN, NOT_FOUND, INVALID_INPUT, CONFLICT for a key that is revoked or has expired
 */
export async function rotateApiKey<DB, P extends string>(
  tenant: Tenant<DB, P | "api-keys:create" | "api-keys:revoke">,
  input: RotateApiKeyInput,
): Promise<NewApiKey> {
  tenant.assertCan("api-keys:create");
  tenant.assertCan("api-keys:revoke");
  const person = personOf(tenant.actor);
  const reason = parseReason(input.reason);
  const expiry = input.expiresAt === undefined ? {} : { expiresAt: parseExpiry(input.expiresAt) };
  return tenant.transaction(async (within) => {
    const { record, holderRole } = await lockApiKey(within, input.keyId);
    assertHolder(record, person);
    assertMayActOn(within.role, holderRole);
    assertWithin(record.scopes, within.permissions());
    assertAlive(record, expiry);
    const { key, prefix, secretHash } = newApiKeyText(within.organization.id);
    await controlPlaneOf(within)
      .updateTable("rowhouse.apiKeys")
      .set({ prefix, secretHash, lastUsedAt: null, ...expiry })
      .where("id", "=", record.id)
      .execute();
    within.record({
      action: "api-key.rotated",
      target: { kind: "api-key", id: record.id },
      before: { prefix: record.prefix, expiresAt: record.expiresAt },
      after: { prefix, expiresAt: record.expiresAt, ...expiry },
      reason,
    });
    return { key, record: await readApiKey(within, record.id) };
  });
}

function assertHolder({ holder }: ApiKey, person: string): void {
  if (holder.kind === "service-account" || holder.id === person) return;
  throw new RowhouseError("FORBIDDEN", "Only its holder gets a new secret for a personal key. Revoke it instead.");
}

function assertAlive({ status }: ApiKey, change: { readonly expiresAt?: Date | null }): void {
  if (status === "active" || (status === "expired" && change.expiresAt !== undefined)) return;
  const message =
    status === "revoked"
      ? "This key is revoked. Make a new one."
      : "This key has expired. Choose a new end, or make a new key.";
  throw new RowhouseError("CONFLICT", message, { fields: [{ field: "expiresAt", message, code: "IN_THE_PAST" }] });
}
