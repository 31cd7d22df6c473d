import { RowhouseError } from "../errors.ts";
import { lockMembers } from "../members/lock-members.ts";
import { assertMayActOn } from "../members/role-ceiling.ts";
import { parseServiceAccountId, serviceAccountNotFound } from "../service-accounts/parse-service-account.ts";
import type { Actor } from "../tenant/actor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { NewApiKey } from "./api-key.ts";
import { newApiKeyText } from "./api-key-text.ts";
import { readApiKey } from "./lock-api-key.ts";
import { parseApiKeyName, parseExpiry, parseScopes } from "./parse-api-key.ts";

export interface CreateApiKeyInput {
  readonly name: string;
  /** Permissions that the caller has; 1 at least. */
  readonly scopes: readonly string[];
  /** Left out: until it is revoked. */
  readonly expiresAt?: Date | null | undefined;
  /** For a machine, whose role then bounds the key. Left out: the key acts for its maker. */
  readonly serviceAccountId?: string | undefined;
}

/**
 * Makes a key, which may do at most what its maker may do. Only a person makes keys: one made by a stolen key would outlive
 * the stolen one.
 *
 * @throws RowhouseError FORBIDDEN for scopes or a service account beyond the caller, INVALID_INPUT, NOT_FOUND for the
 *   service account, CONFLICT when it is disabled
 */
export async function createApiKey<DB, P extends string>(
  tenant: Tenant<DB, P | "api-keys:create">,
  input: CreateApiKeyInput,
): Promise<NewApiKey> {
  tenant.assertCan("api-keys:create");
  const createdBy = personOf(tenant.actor);
  const name = parseApiKeyName(input.name);
  const scopes = parseScopes(tenant, input.scopes);
  const expiresAt = parseExpiry(input.expiresAt);
  const serviceAccountId = input.serviceAccountId === undefined ? null : parseServiceAccountId(input.serviceAccountId);
  const { key, prefix, secretHash } = newApiKeyText(tenant.organization.id);
  return tenant.transaction(async (within) => {
    await lockMembers(within);
    if (serviceAccountId !== null) await assertMayUse(within, serviceAccountId);
    const holder = serviceAccountId === null ? { userId: createdBy } : { serviceAccountId };
    const { id } = await controlPlaneOf(within)
      .insertInto("rowhouse.apiKeys")
      .values({ name, prefix, secretHash, scopes: [...scopes], expiresAt, createdBy, ...holder })
      .returning("id")
      .executeTakeFirstOrThrow();
    within.record({
      action: "api-key.created",
      target: { kind: "api-key", id },
      after: { name, prefix, scopes, expiresAt, ...holder },
    });
    return { key, record: await readApiKey(within, id) };
  });
}

/** @throws RowhouseError FORBIDDEN to keys and jobs */
export function personOf(actor: Actor): string {
  if (actor.kind === "user") return actor.userId;
  throw new RowhouseError("FORBIDDEN", "Only a person who is signed in makes or rotates API keys.");
}

async function assertMayUse<DB, P extends string>(tenant: Tenant<DB, P>, serviceAccountId: string): Promise<void> {
  const account = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.serviceAccounts")
    .select(["role", "status"])
    .where("id", "=", serviceAccountId)
    .executeTakeFirst();
  if (account === undefined) throw serviceAccountNotFound();
  assertMayActOn(tenant.role, account.role);
  if (account.status === "active") return;
  const message = "This service account is disabled. Enable it first.";
  throw new RowhouseError("CONFLICT", message, { fields: [{ field: "serviceAccountId", message, code: "NOT_READY" }] });
}
