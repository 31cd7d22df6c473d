import { sql } from "kysely";
import { RowhouseError } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";

/** Who a key acts for, and by whose role it is bounded at every use. */
export interface ApiKeyHolder {
  readonly kind: "user" | "service-account";
  readonly id: string;
  readonly name: string;
}

/** A key as lists show it; its secret was shown once and cannot be had again. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The beginning of its secret, to tell it from others: `rhk_…Ab3dEf`. */
  readonly prefix: string;
  /** Permissions. What it may do at a use is those of them that its holder's role has then. */
  readonly scopes: readonly string[];
  readonly holder: ApiKeyHolder;
  readonly status: ApiKeyStatus;
  readonly expiresAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export const apiKeyStatuses = ["active", "expired", "revoked"] as const;
export type ApiKeyStatus = (typeof apiKeyStatuses)[number];

/** What making or rotating a key gives back. */
export interface NewApiKey {
  /** The whole key, for its holder alone and now or never. */
  readonly key: string;
  readonly record: ApiKey;
}

/** Keys as `t`, with who holds them. */
export function selectApiKeys<DB, P extends string>(tenant: Tenant<DB, P>) {
  return controlPlaneOf(tenant)
    .selectFrom("rowhouse.apiKeys as t")
    .leftJoin("rowhouse.memberships as m", "m.userId", "t.userId")
    .leftJoin("rowhouse.serviceAccounts as s", "s.id", "t.serviceAccountId")
    .select(["t.id", "t.name", "t.prefix", "t.scopes", "t.userId", "t.serviceAccountId", "t.createdBy", "t.createdAt"])
    .select(["t.expiresAt", "t.lastUsedAt", "t.revokedAt"])
    .select([statusOfKey.as("status"), sql<string>`coalesce(s.name, m.name, '')`.as("holderName")])
    .select(({ fn }) => fn.coalesce("s.role", "m.role").as("holderRole"));
}

/** In words of the table `t`. */
export const statusOfKey = sql<ApiKeyStatus>`
  case when t.revoked_at is not null then 'revoked' when t.expires_at <= now() then 'expired' else 'active' end`;

type ApiKeyRow = Awaited<ReturnType<ReturnType<typeof selectApiKeys>["executeTakeFirstOrThrow"]>>;

export function toApiKey(row: ApiKeyRow): ApiKey {
  const { id, name, prefix, scopes, status, expiresAt, lastUsedAt, revokedAt, createdBy, createdAt } = row;
  const holder: ApiKeyHolder =
    row.serviceAccountId === null
      ? { kind: "user", id: row.userId ?? "", name: row.holderName }
      : { kind: "service-account", id: row.serviceAccountId, name: row.holderName };
  return { id, name, prefix, scopes, holder, status, expiresAt, lastUsedAt, revokedAt, createdBy, createdAt };
}

export function apiKeyNotFound(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such API key in the organization.");
}
