import { sql, type Kysely } from "kysely";
import { noContext } from "../database/context.ts";
import { openUnscoped } from "../database/open-unscoped.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import { assertPerson, type InvitedPerson } from "../invitations/invited-person.ts";
import { parseEmail } from "../invitations/parse-email.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { Organization } from "../tenant/organization.ts";

/** A person and the organization that their verified address leads to. */
export interface JoiningPerson {
  readonly db: Kysely<ControlPlane>;
  readonly organizationId: string;
  readonly userId: string;
  readonly email: string;
  readonly domain: string;
}

/** How a person stands to an organization that takes people from their domain. */
export interface JoiningStanding {
  readonly organization: Organization;
  readonly joinRole: "member" | "viewer";
  readonly membership: {
    readonly role: ControlPlane["rowhouse.memberships"]["role"];
    readonly isActive: boolean;
  } | null;
  readonly request: { readonly status: "open" | "approved" | "declined"; readonly isFresh: boolean } | null;
  /**
   * Whoever has been a member before, and whose request was declined, asks: a removal is not undone by its own target. The
   * others join at once where the domain's mode is `auto`.
   */
  readonly way: "join" | "ask";
}

/**
 * `undefined` for an address that is not verified and for a domain that leads nowhere: the two look the same, and only a
 * verified address is looked up at all.
 *
 * @throws RowhouseError UNAUTHENTICATED
 */
export async function findOrganizationOf(pool: Pool, user: InvitedPerson): Promise<JoiningPerson | undefined> {
  assertPerson(user);
  const email = parseEmail(user.email);
  if (email === undefined || user.emailVerified !== true) return undefined;
  const domain = email.slice(email.lastIndexOf("@") + 1);
  const { rows } = await sql<{
    id: string | null;
  }>`select rowhouse.organization_of_domain(${domain}) as id`.execute(
    openUnscoped<ControlPlane>(pool, { ...noContext, addressDomain: domain }),
  );
  const organizationId = rows[0]?.id ?? null;
  if (organizationId === null) return undefined;
  const db = openUnscoped<ControlPlane>(pool, { ...noContext, organizationId });
  return { db, organizationId, userId: user.id, email, domain };
}

/** Read after the organization is locked, where something is to be written. `undefined` when the way is closed by now. */
export async function readStanding(
  db: Kysely<ControlPlane>,
  { organizationId, userId, domain }: JoiningPerson,
): Promise<JoiningStanding | undefined> {
  const row = await db
    .selectFrom("rowhouse.organizations as o")
    .innerJoin("rowhouse.domains as d", "d.organizationId", "o.id")
    .leftJoin("rowhouse.memberships as m", (join) =>
      join.onRef("m.organizationId", "=", "o.id").on("m.userId", "=", userId),
    )
    .leftJoin("rowhouse.joinRequests as r", (join) =>
      join.onRef("r.organizationId", "=", "o.id").on("r.userId", "=", userId),
    )
    .leftJoin("rowhouse.formerMembers as f", (join) =>
      join.onRef("f.organizationId", "=", "o.id").on("f.userId", "=", userId),
    )
    .select(["o.id", "o.slug", "o.name", "d.mode", "d.joinRole", "m.role", "m.status as memberStatus"])
    .select(["r.status as requestStatus", "f.userId as formerUserId"])
    .select(sql<boolean>`coalesce(r.decided_at > now() - interval '7 days', false)`.as("isFresh"))
    .where("o.id", "=", organizationId)
    .where("o.status", "=", "active")
    .where("d.domain", "=", domain)
    .where("d.status", "=", "verified")
    .where("d.mode", "!=", "off")
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { id, slug, name, mode, joinRole, role, memberStatus, requestStatus, formerUserId, isFresh } = row;
  return {
    organization: { id, slug, name },
    joinRole,
    membership: role === null ? null : { role, isActive: memberStatus === "active" },
    request: requestStatus === null ? null : { status: requestStatus, isFresh },
    way: mode === "auto" && formerUserId === null && requestStatus !== "declined" ? "join" : "ask",
  };
}

/**
 * The lock under which members change. What an earlier page showed is compared: a domain may lead to another organization by
 * now, and nobody joins one that they have not seen.
 *
 * @throws RowhouseError NOT_FOUND
 */
export async function lockStanding(
  db: Kysely<ControlPlane>,
  person: JoiningPerson,
  organization: string,
): Promise<JoiningStanding> {
  await db
    .selectFrom("rowhouse.organizations")
    .select("id")
    .where("id", "=", person.organizationId)
    .forNoKeyUpdate()
    .execute();
  const standing = await readStanding(db, person);
  if (standing === undefined) throw nothingToJoin();
  const { id, slug } = standing.organization;
  if (organization !== id && organization !== slug) throw nothingToJoin();
  if (standing.membership?.isActive === false) throw nothingToJoin();
  return standing;
}

/** One answer for every reason, so that it tells none. */
export function nothingToJoin(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no organization here that takes you by your address.");
}
