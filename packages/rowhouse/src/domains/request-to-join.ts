import { sql } from "kysely";
import { rideOnCommit } from "../database/scoped-driver.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import { auditStatement, type AuditEvent } from "../tenant/audit-event.ts";
import type { Organization } from "../tenant/organization.ts";
import type { JoinInput } from "./join-by-domain.ts";
import { findOrganizationOf, lockStanding, nothingToJoin } from "./joining-person.ts";

/**
 * Asks to be let in. Asking twice is asking once; after a refusal, seven days have to pass.
 *
 * @throws RowhouseError NOT_FOUND, CONFLICT for a member and soon after a refusal, UNAUTHENTICATED
 */
export async function requestToJoin(
  pool: Pool,
  { user, organization, origin }: JoinInput,
): Promise<{ readonly organization: Organization; readonly request: "open" }> {
  const person = await findOrganizationOf(pool, user);
  if (person === undefined) throw nothingToJoin();
  const { organizationId, userId, email } = person;
  return person.db.transaction().execute(async (db) => {
    const standing = await lockStanding(db, person, organization);
    const answer = { organization: standing.organization, request: "open" } as const;
    if (standing.membership !== null)
      throw new RowhouseError("CONFLICT", "You are a member of this organization already.");
    if (standing.request?.status === "open") return answer;
    if (standing.request?.status === "declined" && standing.request.isFresh)
      throw new RowhouseError("CONFLICT", "Your request was declined. You can ask again a week after that.");
    const row = { name: user.name.slice(0, 200), email, status: "open" as const };
    await db
      .insertInto("rowhouse.joinRequests")
      .values({ ...row, organizationId, userId })
      .onConflict((conflict) =>
        conflict
          .columns(["organizationId", "userId"])
          .doUpdateSet({ ...row, createdAt: sql<Date>`now()`, decidedAt: null }),
      )
      .execute();
    const event: AuditEvent = {
      action: "join-request.created",
      target: { kind: "join-request", id: userId },
      after: { email },
    };
    const source = { organizationId, actor: { kind: "user", userId } as const, origin: origin ?? {} };
    await db.executeQuery(rideOnCommit(auditStatement(event, source)));
    return answer;
  });
}
