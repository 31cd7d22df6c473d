import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Role } from "../access/roles.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { isOverdue, selectInvitations, toInvitation, type NewInvitation } from "./invitation.ts";
import { hashInvitationToken, newInvitationToken } from "./invitation-token.ts";
import { countFreeSeats, inviterOf, lockInvitingOrganization } from "./inviting-organization.ts";

export const invitationDays = 7;

export type Refusal = "already-a-member" | "already-invited" | "role-above-yours" | "no-seat";

export interface Addressee {
  /** As {@link parseEmail} gives it. */
  readonly email: string;
  readonly role: Role;
}

/** For each addressee, in order, a new invitation or why there is none. Within a transaction. */
export async function inviteAddresses<DB, P extends string>(
  tenant: Tenant<DB, P>,
  addressees: readonly Addressee[],
): Promise<(NewInvitation | Refusal)[]> {
  const { memberLimit } = await lockInvitingOrganization(tenant);
  const emails = [...new Set(addressees.map(({ email }) => email))];
  await expireOverdue(tenant, emails);
  const members = await findMembers(tenant, emails);
  const invited = await findInvited(tenant, emails);
  let free = await countFreeSeats(controlPlaneOf(tenant), memberLimit);
  const decisions = addressees.map(({ email, role }): Refusal | Plan => {
    if (!tenant.canGive(role)) return "role-above-yours";
    if (members.has(email)) return "already-a-member";
    if (invited.has(email)) return "already-invited";
    if (free < 1) return "no-seat";
    free -= 1;
    invited.add(email);
    return { id: uuidv7(), email, role, token: newInvitationToken() };
  });
  const made = await insertInvitations(
    tenant,
    decisions.filter((decision) => typeof decision === "object"),
  );
  return decisions.map((decision) =>
    typeof decision === "string" ? decision : (made.get(decision.id) ?? "already-invited"),
  );
}

interface Plan extends Addressee {
  readonly id: string;
  readonly token: string;
}

/** An address whose invitation ran out may be invited anew, without waiting for the nightly sweep. */
async function expireOverdue<DB, P extends string>(tenant: Tenant<DB, P>, emails: readonly string[]): Promise<void> {
  if (emails.length === 0) return;
  const expired = await controlPlaneOf(tenant)
    .updateTable("rowhouse.invitations")
    .set({ status: "expired", decidedAt: sql`expires_at`, updatedAt: sql`now()` })
    .where("email", "in", emails)
    .where(isOverdue)
    .returning(["id", "email"])
    .execute();
  for (const { id, email } of expired) {
    tenant.record({ action: "invitation.expired", target: { kind: "invitation", id }, after: { email } });
  }
}

async function findMembers<DB, P extends string>(
  tenant: Tenant<DB, P>,
  emails: readonly string[],
): Promise<Set<string>> {
  if (emails.length === 0) return new Set();
  const rows = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.memberships")
    .select(sql<string>`lower(email)`.as("email"))
    .where(sql<string>`lower(email)`, "in", emails)
    .execute();
  return new Set(rows.map(({ email }) => email));
}

async function findInvited<DB, P extends string>(
  tenant: Tenant<DB, P>,
  emails: readonly string[],
): Promise<Set<string | null>> {
  if (emails.length === 0) return new Set();
  const rows = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.invitations")
    .select("email")
    .where("email", "in", emails)
    .where("status", "in", ["created", "sent"])
    .execute();
  return new Set(rows.map(({ email }) => email));
}

async function insertInvitations<DB, P extends string>(
  tenant: Tenant<DB, P>,
  plans: readonly Plan[],
): Promise<Map<string, NewInvitation>> {
  if (plans.length === 0) return new Map();
  const invitedBy = inviterOf(tenant.actor);
  const db = controlPlaneOf(tenant);
  const expiresAt = sql<Date>`now() + make_interval(days => ${invitationDays})`;
  const rows = plans.map(({ id, email, role, token }) => ({
    id,
    kind: "email" as const,
    email,
    role,
    invitedBy,
    expiresAt,
    tokenHash: hashInvitationToken(token),
  }));
  await db.insertInto("rowhouse.invitations").values(rows).execute();
  for (const { id, email, role } of plans) {
    tenant.record({
      action: "invitation.created",
      target: { kind: "invitation", id },
      after: { kind: "email", email, role },
    });
  }
  const ids = plans.map(({ id }) => id);
  const made = new Map(
    (await selectInvitations(db).where("t.id", "in", ids).execute()).map((row) => [row.id, toInvitation(row)]),
  );
  return new Map(
    plans.flatMap(({ id, token }) => {
      const invitation = made.get(id);
      return invitation === undefined ? [] : [[id, { invitation, token }] as const];
    }),
  );
}
