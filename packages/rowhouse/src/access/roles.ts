/** From the most to the least powerful. A membership has exactly one. */
export const roles = ["owner", "admin", "member", "viewer"] as const;

export type Role = (typeof roles)[number];

export function isRole(value: unknown): value is Role {
  return roles.some((role) => role === value);
}

/** True when `role` is `minimum` or above it. */
export function isAtLeast(role: Role, minimum: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(minimum);
}
