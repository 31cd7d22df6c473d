import { sql, type Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import { RowhouseError } from "../errors.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import { enterOrganization, leaveOrganization } from "./enter-organization.ts";
import type { Operator } from "./operate.ts";

/** An organization's standing, which only operators change. */
export interface OrganizationStanding {
  readonly status: "active" | "suspended";
  readonly suspendedReason: string | null;
  readonly memberLimit: number | null;
}

/**
 * Changes an organization's standing and writes the event into the organization's own audit log, with the operator as
 * actor, in the operator's transaction. What is so already is neither changed nor recorded.
 *
 * @throws RowhouseError NOT_FOUND, CONFLICT for the seats of a personal workspace
 */
export async function changeOrganization<DB>(
  operator: Operator<DB>,
  organizationId: string,
  { action, change, reason }: { action: string; change: Partial<OrganizationStanding>; reason: string },
): Promise<OrganizationStanding> {
  const db = operator.acrossTenants as unknown as Transaction<ControlPlane>;
  const before = await lockStanding(db, organizationId);
  if (before.isPersonal && change.memberLimit !== undefined) {
    throw new RowhouseError("CONFLICT", "A personal workspace has one seat.");
  }
  const names = Object.keys(change) as (keyof OrganizationStanding)[];
  const { isPersonal: _, ...standing } = { ...before, ...change };
  if (names.every((name) => before[name] === change[name])) return standing;
  await db
    .updateTable("rowhouse.organizations")
    .set({ ...change, updatedAt: sql`now()` })
    .where("id", "=", organizationId)
    .execute();
  await enterOrganization(db, organizationId);
  await db
    .insertInto("rowhouse.auditEvents")
    .values({
      organizationId,
      actorKind: "operator",
      actorId: operator.operator,
      action,
      targetKind: "organization",
      targetId: organizationId,
      before: JSON.stringify(Object.fromEntries(names.map((name) => [name, before[name]]))),
      after: JSON.stringify(change),
      reason,
    })
    .execute();
  await leaveOrganization(db);
  return standing;
}

async function lockStanding(db: Transaction<ControlPlane>, organizationId: string) {
  const row = isUuid(organizationId)
    ? await db
        .selectFrom("rowhouse.organizations")
        .select(["status", "suspendedReason", "memberLimit", "isPersonal"])
        .where("id", "=", organizationId)
        .forNoKeyUpdate()
        .executeTakeFirst()
    : undefined;
  if (row === undefined) throw new RowhouseError("NOT_FOUND", "There is no organization with this id.");
  return row;
}
