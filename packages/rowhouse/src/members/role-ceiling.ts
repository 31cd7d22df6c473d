import { isAtLeast, type Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";

/**
 * Nobody acts on somebody above themselves.
 *
 * @throws RowhouseError FORBIDDEN
 */
export function assertMayActOn(actor: Role, target: Role): void {
  if (isAtLeast(actor, target)) return;
  throw new RowhouseError("FORBIDDEN", `The role ${actor} cannot change what belongs to the role ${target}.`);
}

/**
 * Nobody gives a role above their own.
 *
 * @throws RowhouseError FORBIDDEN
 */
export function assertMayGrant(actor: Role, role: Role): void {
  if (isAtLeast(actor, role)) return;
  throw new RowhouseError("FORBIDDEN", `The role ${actor} cannot give the role ${role}.`);
}
