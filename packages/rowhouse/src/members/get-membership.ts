import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import { isRole, type Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { Organization } from "../tenant/organization.ts";
import { isSlug } from "../organizations/slug.ts";

export interface Membership {
  readonly organization: Organization;
  readonly role: Role;
}

/**
 * The organization by slug or id, joined to the user's membership: read anew for every scope. Unknown, foreign and
 * malformed ones are the same NOT_FOUND, so that nobody learns which organizations exist.
 *
 * @throws RowhouseError NOT_FOUND
 */
export async function getMembership(db: Kysely<ControlPlane>, organization: string, userId: string): Promise<Membership> {
  const byId = isUuid(organization);
  if (!isUuid(userId) || (!byId && !isSlug(organization))) throw notFound();
  const query = db
    .selectFrom("rowhouse.memberships as m")
    .innerJoin("rowhouse.organizations as o", "o.id", "m.organizationId")
    .select(["o.id", "o.slug", "o.name", "m.role"])
    .where("m.userId", "=", userId);
  const row = await (byId ? query.where("o.id", "=", organization) : query.where("o.slug", "=", organization)).executeTakeFirst();
  if (row === undefined || !isRole(row.role)) throw notFound();
  return { organization: { id: row.id, slug: row.slug, name: row.name }, role: row.role };
}

/** Every organization of the user, by name: for a switcher. */
export async function listMemberships(db: Kysely<ControlPlane>, userId: string): Promise<Membership[]> {
  if (!isUuid(userId)) return [];
  const rows = await db
    .selectFrom("rowhouse.memberships as m")
    .innerJoin("rowhouse.organizations as o", "o.id", "m.organizationId")
    .select(["o.id", "o.slug", "o.name", "m.role"])
    .where("m.userId", "=", userId)
    .orderBy("o.name")
    .orderBy("o.id")
    .execute();
  return rows.map(({ role, ...organization }) => ({ organization, role }));
}

function notFound(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such organization, or you are not a member of it.");
}
