import type { ApiKey } from "rowhouse";
import type { Tenant } from "@/tenancy/tenancy";

/** What the viewer may do with keys, as plain values that a client component can receive. The library still decides. */
export interface KeyAbilities {
  readonly create: boolean;
  readonly revoke: boolean;
  /** Who looks: a personal key is rotated by its holder alone. */
  readonly userId: string;
  /** What the viewer has, and so can give. */
  readonly scopes: readonly string[];
}

export function keyAbilities(tenant: Tenant): KeyAbilities {
  return {
    create: tenant.can("api-keys:create"),
    revoke: tenant.can("api-keys:revoke"),
    userId: tenant.actor.kind === "user" ? tenant.actor.userId : "",
    scopes: tenant.permissions(),
  };
}

export function canRotate({ create, revoke, userId }: KeyAbilities, { status, holder }: ApiKey): boolean {
  return create && revoke && status === "active" && (holder.kind === "service-account" || holder.id === userId);
}
