import { isAtLeast, type Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { lockOrganization } from "./lock-organization.ts";
import { memberColumns, type Member } from "./member.ts";

/**
 * Locks the organization's members against other changes, and reads these members as they are now.
 *
 * The actor's own standing is read again as well: between the opening of the scope and the lock somebody may have been
 * faster. What this scope may do is what its role was then, if that role still holds.
 *
 * @throws RowhouseError FORBIDDEN when the actor was removed, suspended or demoted meanwhile; what {@link lockOrganization} throws
 */
export async function lockMembers<DB, P extends string>(
  tenant: Tenant<DB, P>,
  userIds: readonly string[] = [],
): Promise<ReadonlyMap<string, Member>> {
  await lockOrganization(tenant);
  const actorId = "userId" in tenant.actor ? tenant.actor.userId : undefined;
  const ids = actorId === undefined ? userIds : [actorId, ...userIds];
  const members = new Map((await findMembers(tenant, ids)).map((member) => [member.userId, member]));
  await assertStanding(tenant, actorId === undefined ? undefined : members.get(actorId));
  return members;
}

async function findMembers<DB, P extends string>(tenant: Tenant<DB, P>, ids: readonly string[]): Promise<Member[]> {
  if (ids.length === 0) return [];
  const query = controlPlaneOf(tenant).selectFrom("rowhouse.memberships as t").select(memberColumns);
  return query.where("t.userId", "in", ids).execute();
}

async function assertStanding<DB, P extends string>(tenant: Tenant<DB, P>, member: Member | undefined): Promise<void> {
  const { actor } = tenant;
  if (actor.kind === "job") return;
  const role =
    actor.kind === "service-account" ? await roleOfMachine(tenant, actor.serviceAccountId) : activeRole(member);
  if (role !== undefined && isAtLeast(role, tenant.role)) return;
  throw new RowhouseError("FORBIDDEN", "Your own role in the organization was changed meanwhile. Load the page again.");
}

function activeRole(member: Member | undefined): Role | undefined {
  return member?.status === "active" ? member.role : undefined;
}

async function roleOfMachine<DB, P extends string>(tenant: Tenant<DB, P>, id: string): Promise<Role | undefined> {
  const query = controlPlaneOf(tenant).selectFrom("rowhouse.serviceAccounts").select("role");
  return (await query.where("id", "=", id).where("status", "=", "active").executeTakeFirst())?.role;
}
