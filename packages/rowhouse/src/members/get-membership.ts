import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import type { Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { Organization } from "../tenant/organization.ts";
import { isSlug } from "../slug.ts";

export interface Membership {
  readonly organization: Organization;
  readonly role: Role;
  /** Key of the organization's logo in the file store, in lists; left out without one, and while nobody gets it: suspended. */
  readonly logoKey?: string | undefined;
}

/**
 * The organization by slug or id, joined to the user's membership: read anew for every scope. Unknown, foreign and
 * malformed ones are the same NOT_FOUND, so that nobody learns which organizations exist.
 *
 * @throws RowhouseError NOT_FOUND
 */
export async function getMembership(
  db: Kysely<ControlPlane>,
  organization: string,
  userId: string,
): Promise<Membership> {
  const byId = isUuid(organization);
  if (!isUuid(userId) || (!byId && !isSlug(organization))) throw notFound();
  const query = db
    .selectFrom("rowhouse.memberships as m")
    .innerJoin("rowhouse.organizations as o", "o.id", "m.organizationId")
    .select(["o.id", "o.slug", "o.name", "o.status", "m.role"])
    .where("m.userId", "=", userId)
    .where("m.status", "=", "active");
  const row = await (
    byId ? query.where("o.id", "=", organization) : query.where("o.id", "in", ownerOfSlug(db, organization))
  ).executeTakeFirst();
  if (row === undefined) throw notFound();
  if (row.status !== "active") throw new RowhouseError("ORGANIZATION_SUSPENDED", "The organization is suspended.");
  return { organization: { id: row.id, slug: row.slug, name: row.name }, role: row.role };
}

/** Also by a slug that the organization had before: old addresses lead on. */
function ownerOfSlug(db: Kysely<ControlPlane>, slug: string) {
  return db.selectFrom("rowhouse.organizationSlugs").select("organizationId").where("slug", "=", slug);
}

/** Every organization of the user, by name: for a switcher. */
export async function listMemberships(db: Kysely<ControlPlane>, userId: string): Promise<Membership[]> {
  if (!isUuid(userId)) return [];
  const rows = await db
    .selectFrom("rowhouse.memberships as m")
    .innerJoin("rowhouse.organizations as o", "o.id", "m.organizationId")
    .select(["o.id", "o.slug", "o.name", "o.status", "o.logoKey", "m.role"])
    .where("m.userId", "=", userId)
    .where("m.status", "=", "active")
    .orderBy("o.name")
    .orderBy("o.id")
    .execute();
  return rows.map(({ role, status, logoKey, ...organization }) => ({
    organization,
    role,
    logoKey: status === "active" ? (logoKey ?? undefined) : undefined,
  }));
}

function notFound(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such organization, or you are not a member of it.");
}
