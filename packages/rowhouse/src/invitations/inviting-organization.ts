import { isAtLeast, isRole, type Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import { assertMayGive } from "../members/role-ceiling.ts";
import type { Actor } from "../tenant/actor.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { Tenant, TenantQueries } from "../tenant/tenant.ts";
import { invalidInvitation } from "./parse-email.ts";

interface InvitingOrganization {
  readonly memberLimit: number | null;
}

/**
 * Locks the organization, so that its invitations and members change one after the other; first of all, because every
 * transaction that changes them takes this lock before any other.
 *
 * @throws RowhouseError FORBIDDEN for a personal workspace, which stays one person's
 */
export async function lockInvitingOrganization<DB, P extends string>(
  tenant: Tenant<DB, P>,
): Promise<InvitingOrganization> {
  const { isPersonal, memberLimit } = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.organizations")
    .select(["isPersonal", "memberLimit"])
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  if (!isPersonal) return { memberLimit };
  throw new RowhouseError(
    "FORBIDDEN",
    "A personal workspace has one member and invites nobody. Create an organization to work with others.",
  );
}

/** How many more may be invited; `Infinity` without a limit. Counts as the database does at commit. */
export async function countFreeSeats(db: TenantQueries<ControlPlane>, memberLimit: number | null): Promise<number> {
  if (memberLimit === null) return Number.POSITIVE_INFINITY;
  const { members } = await db
    .selectFrom("rowhouse.memberships")
    .select(({ fn }) => fn.countAll<string>().as("members"))
    .where("status", "=", "active")
    .executeTakeFirstOrThrow();
  const { reserved } = await db
    .selectFrom("rowhouse.invitations")
    .select(({ fn }) => fn.countAll<string>().as("reserved"))
    .where("kind", "=", "email")
    .where("status", "in", ["created", "sent"])
    .where(({ eb, fn }) => eb("expiresAt", ">", fn<Date>("now")))
    .executeTakeFirstOrThrow();
  return memberLimit - Number(members) - Number(reserved);
}

/** Whose standing the invitation will rest on. */
export function inviterOf(actor: Actor): string {
  switch (actor.kind) {
    case "user":
    case "api-key":
      return actor.userId;
    case "service-account":
      return actor.serviceAccountId;
    case "job":
      throw new RowhouseError("FORBIDDEN", "A job has no standing in the organization, so it cannot invite.");
  }
}

/** @throws RowhouseError INVALID_INPUT, FORBIDDEN above the actor's own role */
export function parseInvitedRole<DB, P extends string>(role: unknown, tenant: Tenant<DB, P>): Role {
  if (!isRole(role)) throw invalidInvitation("role", "Choose one of owner, admin, member and viewer.", "NOT_A_CHOICE");
  assertMayGive(tenant, role);
  return role;
}

/** @throws RowhouseError FORBIDDEN */
export function assertWithinCeiling(role: Role, ceiling: Role): void {
  if (isAtLeast(ceiling, role)) return;
  throw new RowhouseError("FORBIDDEN", `The role ${ceiling} does not decide about invitations for the role ${role}.`, {
    fields: [{ field: "role", message: "This role is above your own.", code: "NOT_ALLOWED" }],
  });
}

export function memberLimitReached(): RowhouseError {
  return new RowhouseError("MEMBER_LIMIT", "Members and open invitations would outnumber the organization's seats.");
}
