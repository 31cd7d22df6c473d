import { sql } from "kysely";
import { rideOnCommit } from "../database/scoped-driver.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import type { InvitedPerson } from "../invitations/invited-person.ts";
import type { Membership } from "../members/get-membership.ts";
import { auditStatement, type AuditEvent, type RequestOrigin } from "../tenant/audit-event.ts";
import { findOrganizationOf, lockStanding, nothingToJoin } from "./joining-person.ts";

export interface JoinInput {
  /** From the session. */
  readonly user: InvitedPerson;
  /** Slug or id of the organization that the person was shown. */
  readonly organization: string;
  readonly origin?: RequestOrigin | undefined;
}

/**
 * Makes the person a member. Joining twice is joining once; a membership that is there never changes.
 *
 * @throws RowhouseError NOT_FOUND, FORBIDDEN where they have to ask, MEMBER_LIMIT, UNAUTHENTICATED
 */
export async function joinByDomain(pool: Pool, { user, organization, origin }: JoinInput): Promise<Membership> {
  const person = await findOrganizationOf(pool, user);
  if (person === undefined) throw nothingToJoin();
  const { organizationId, userId, email, domain } = person;
  return person.db.transaction().execute(async (db) => {
    const standing = await lockStanding(db, person, organization);
    const { membership, joinRole: role, way } = standing;
    if (membership !== null) return { organization: standing.organization, role: membership.role };
    if (way === "ask")
      throw new RowhouseError("FORBIDDEN", "This organization looks at each person who joins. Send it a request.");
    await db
      .insertInto("rowhouse.memberships")
      .values({ organizationId, userId, role, name: user.name.slice(0, 200), email })
      .execute();
    if (standing.request?.status === "open")
      await db
        .updateTable("rowhouse.joinRequests")
        .set({ status: "approved", decidedAt: sql<Date>`now()` })
        .where("organizationId", "=", organizationId)
        .where("userId", "=", userId)
        .execute();
    const event: AuditEvent = {
      action: "member.added",
      target: { kind: "member", id: userId },
      after: { role, email, domain },
    };
    const source = { organizationId, actor: { kind: "user", userId } as const, origin: origin ?? {} };
    await db.executeQuery(rideOnCommit(auditStatement(event, source)));
    return { organization: standing.organization, role };
  });
}
