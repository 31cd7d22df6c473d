import type { Role } from "../access/roles.ts";

/** A membership as the members page shows it. */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly status: "active" | "suspended";
  readonly joinedAt: Date;
}

/** The columns of {@link Member} in `rowhouse.memberships as t`. */
export const memberColumns = [
  "t.userId",
  "t.name",
  "t.email",
  "t.role",
  "t.status",
  "t.createdAt as joinedAt",
] as const;
