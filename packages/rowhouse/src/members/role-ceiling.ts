import { isAtLeast, type Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import type { Tenant } from "../tenant/tenant.ts";

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
 * Nobody gives a role above their own, and an API key none that may do more than the key: it would let its holder past its
 * scopes by way of somebody else.
 *
 * @throws RowhouseError FORBIDDEN
 */
export function assertMayGive<DB, P extends string>(tenant: Tenant<DB, P>, role: Role): void {
  if (tenant.canGive(role)) return;
  const refusal = isAtLeast(tenant.role, role)
    ? `This ${tenant.actor.kind} lacks permissions of`
    : `The role ${tenant.role} cannot give`;
  throw new RowhouseError("FORBIDDEN", `${refusal} the role ${role}.`, {
    fields: [{ field: "role", message: "This role is above your own.", code: "NOT_ALLOWED" }],
  });
}
