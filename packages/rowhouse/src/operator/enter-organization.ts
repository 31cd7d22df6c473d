import { sql, type Transaction } from "kysely";
import type { ControlPlane } from "../tenant/control-plane.ts";

/**
 * Takes an operator's transaction into an organization: the chain of audit events is written by a trigger as the owner of the
 * tables, whom row security binds, and so it has to know which organization it is.
 */
export async function enterOrganization(db: Transaction<ControlPlane>, organizationId: string): Promise<void> {
  await sql`select rowhouse.enter_organization(${organizationId}::uuid)`.execute(db);
}

/** And out of it. */
export async function leaveOrganization(db: Transaction<ControlPlane>): Promise<void> {
  await sql`select rowhouse.leave_organization('{"", ""}')`.execute(db);
}
