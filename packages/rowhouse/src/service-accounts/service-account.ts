import type { Role } from "../access/roles.ts";

/**
 * A member that is a machine: it has a role and API keys, belongs to the organization, outlives whoever made it, and
 * takes no seat. It is never an owner.
 */
export interface ServiceAccount {
  readonly id: string;
  readonly name: string;
  readonly role: ServiceAccountRole;
  readonly status: "active" | "disabled";
  readonly createdBy: string;
  readonly createdAt: Date;
}

export type ServiceAccountRole = Exclude<Role, "owner">;

/** The columns of {@link ServiceAccount} in `rowhouse.service_accounts as t`. */
export const serviceAccountColumns = ["t.id", "t.name", "t.role", "t.status", "t.createdBy", "t.createdAt"] as const;
