import { sql } from "kysely";
import { isRole, type Role } from "../access/roles.ts";
import { noContext } from "../database/context.ts";
import { openUnscoped } from "../database/open-unscoped.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import type { Actor } from "../tenant/actor.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { Organization } from "../tenant/organization.ts";
import { parseApiKeyText } from "./api-key-text.ts";

/** A key that was found good, and what bounds it at this moment. */
export interface AuthenticatedKey {
  readonly keyId: string;
  readonly organization: Organization;
  readonly actor: Extract<Actor, { readonly keyId: string }>;
  /** Of its holder, as it is now. */
  readonly role: Role;
  readonly scopes: ReadonlySet<string>;
  /** Its last use was written down within the last minute. */
  readonly isFresh: boolean;
}

/**
 * Finds a key with its holder's standing, in one round trip. Unknown, expired and revoked keys, and those of somebody who was
 * removed, suspended or disabled, are all the same to whoever sends one.
 *
 * @throws RowhouseError UNAUTHENTICATED, ORGANIZATION_SUSPENDED
 */
export async function authenticateApiKey(pool: Pool, text: string): Promise<AuthenticatedKey> {
  const claim = parseApiKeyText(text);
  if (claim === undefined) throw badCredential();
  const { organizationId, secretHash } = claim;
  const row = await findKey(pool, organizationId, secretHash);
  if (row === undefined || !isRole(row.role)) throw badCredential();
  if (row.status !== "active") throw new RowhouseError("ORGANIZATION_SUSPENDED", "The organization is suspended.");
  const { keyId, slug, name, role, scopes, isFresh, userId, serviceAccountId } = row;
  const organization = { id: organizationId, slug, name };
  const actor = toActor({ keyId, userId, serviceAccountId });
  return { keyId, organization, actor, role, scopes: new Set(scopes), isFresh };
}

/** What is claimed of the organization is the context of the look-up: elsewhere row security lets it find nothing. */
async function findKey(pool: Pool, organizationId: string, secretHash: Buffer) {
  return openUnscoped<ControlPlane>(pool, { ...noContext, organizationId })
    .selectFrom("rowhouse.apiKeys as k")
    .innerJoin("rowhouse.organizations as o", "o.id", "k.organizationId")
    .leftJoin("rowhouse.memberships as m", (join) =>
      join
        .onRef("m.organizationId", "=", "k.organizationId")
        .onRef("m.userId", "=", "k.userId")
        .on("m.status", "=", "active"),
    )
    .leftJoin("rowhouse.serviceAccounts as s", (join) =>
      join
        .onRef("s.organizationId", "=", "k.organizationId")
        .onRef("s.id", "=", "k.serviceAccountId")
        .on("s.status", "=", "active"),
    )
    .select(["k.id as keyId", "k.userId", "k.serviceAccountId", "k.scopes", "o.slug", "o.name", "o.status"])
    .select(({ fn }) => fn.coalesce("m.role", "s.role").as("role"))
    .select(sql<boolean>`coalesce(k.last_used_at > now() - interval '1 minute', false)`.as("isFresh"))
    .where("k.organizationId", "=", organizationId)
    .where("k.secretHash", "=", secretHash)
    .where("k.revokedAt", "is", null)
    .where(sql<boolean>`coalesce(k.expires_at > now(), true)`)
    .executeTakeFirst();
}

function toActor(row: { keyId: string; userId: string | null; serviceAccountId: string | null }) {
  const { keyId, userId, serviceAccountId } = row;
  if (userId !== null) return { kind: "api-key", keyId, userId } as const;
  if (serviceAccountId !== null) return { kind: "service-account", keyId, serviceAccountId } as const;
  throw badCredential();
}

/** The one answer to every key and token that is not good, so that it tells nothing about which are. */
export function badCredential(cause?: unknown): RowhouseError {
  return new RowhouseError("UNAUTHENTICATED", "The API key or token is not valid, or not any more.", { cause });
}
