import { sql, type Kysely, type Transaction } from "kysely";
import { noContext } from "../database/context.ts";
import { openUnscoped } from "../database/open-unscoped.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import { invitationNotFound } from "./invitation.ts";
import { hashInvitationToken } from "./invitation-token.ts";

/** What a token leads to, read outside of any membership. */
export interface TokenInvitation {
  readonly organization: { readonly id: string; readonly slug: string; readonly name: string };
  readonly id: string;
  readonly kind: "email" | "link";
  readonly email: string | null;
  readonly role: ControlPlane["rowhouse.invitations"]["role"];
  readonly status: "created" | "sent" | "accepted" | "declined" | "revoked" | "expired";
  readonly invitedBy: string;
  readonly acceptedBy: string | null;
  readonly useLimit: number | null;
  readonly useCount: number;
  readonly allowedDomain: string | null;
  readonly sentAt: Date | null;
  readonly expiresAt: Date;
  readonly isPast: boolean;
}

type Work<T> = (db: Transaction<ControlPlane>, invitation: TokenInvitation) => Promise<T>;

/**
 * Runs `work` in one transaction with the invitation of a token. With `lock` the organization, then the invitation stay as
 * they are until its end: acceptances, revocations and the members themselves change one after the other.
 *
 * @throws RowhouseError NOT_FOUND, ORGANIZATION_SUSPENDED
 */
export async function withInvitation<T>(
  { pool, token, lock }: { readonly pool: Pool; readonly token: string; readonly lock: boolean },
  work: Work<T>,
): Promise<T> {
  const tokenHash = hashInvitationToken(token);
  const organizationId = await findOrganization(openUnscoped<ControlPlane>(pool, noContext), tokenHash);
  const db = openUnscoped<ControlPlane>(pool, { ...noContext, organizationId });
  return db.transaction().execute(async (transaction) => {
    const organization = await readOrganization(transaction, organizationId, lock);
    let query = transaction
      .selectFrom("rowhouse.invitations")
      .select([
        "id",
        "kind",
        "email",
        "role",
        "status",
        "invitedBy",
        "acceptedBy",
        "useLimit",
        "useCount",
        "allowedDomain",
      ])
      .select(["sentAt", "expiresAt", sql<boolean>`expires_at <= now()`.as("isPast")])
      .where("organizationId", "=", organizationId)
      .where("tokenHash", "=", tokenHash);
    if (lock) query = query.forUpdate();
    const invitation = await query.executeTakeFirst();
    if (invitation === undefined) throw invitationNotFound(); // resent while we looked
    return work(transaction, { ...invitation, organization });
  });
}

async function findOrganization(db: Kysely<ControlPlane>, tokenHash: Buffer): Promise<string> {
  const { rows } = await sql<{
    id: string | null;
  }>`select rowhouse.organization_of_invitation(${tokenHash}) as id`.execute(db);
  const id = rows[0]?.id ?? null;
  if (id === null) throw invitationNotFound();
  return id;
}

async function readOrganization(
  db: Transaction<ControlPlane>,
  id: string,
  lock: boolean,
): Promise<TokenInvitation["organization"]> {
  const query = db.selectFrom("rowhouse.organizations").select(["id", "slug", "name", "status"]).where("id", "=", id);
  const organization = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (organization === undefined) throw invitationNotFound();
  const { status, ...rest } = organization;
  if (status !== "active") throw new RowhouseError("ORGANIZATION_SUSPENDED", "The organization is suspended.");
  return rest;
}
