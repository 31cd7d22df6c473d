import { sql, type Kysely, type SqlBool } from "kysely";
import type { Permissions } from "../access/permissions.ts";
import type { Role } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import type { Requester } from "../tenant/actor.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { Organization } from "../tenant/organization.ts";

/** A job that wants into an organization. Comes out of an envelope that was opened, never from a request. */
export interface JobEntry<P extends string> {
  /** Id of the organization. */
  readonly organization: string;
  /** The job's name: the actor in the audit log. */
  readonly job: string;
  /** All that the scope may do. */
  readonly permissions: readonly P[];
  /** Who asked for it, if it was not the system itself. */
  readonly requestedBy?: Requester | undefined;
  /** What whoever asked must still be allowed to do, read anew; `null` to let it run for those who are gone as well. */
  readonly requires: P | null;
  readonly signal?: AbortSignal | undefined;
}

export interface JobStanding {
  readonly organization: Organization;
  readonly role: Role;
}

/**
 * The organization of a job and the role that bounds it: that of whoever asked, as it is now; the highest for the system's
 * own jobs, which their permissions narrow.
 *
 * @throws RowhouseError NOT_FOUND, ORGANIZATION_SUSPENDED, FORBIDDEN when whoever asked may not do it any more
 */
export async function getJobStanding<P extends string>(
  db: Kysely<ControlPlane>,
  permissions: Permissions<P>,
  entry: JobEntry<P>,
): Promise<JobStanding> {
  const row = await db
    .selectFrom("rowhouse.organizations as o")
    .select(["o.id", "o.slug", "o.name", "o.status"])
    .where("o.id", "=", entry.organization)
    .executeTakeFirst();
  if (row === undefined) throw new RowhouseError("NOT_FOUND", "The organization does not exist any more.");
  if (row.status !== "active") throw new RowhouseError("ORGANIZATION_SUSPENDED", "The organization is suspended.");
  const organization = { id: row.id, slug: row.slug, name: row.name };
  const { requestedBy, requires } = entry;
  if (requestedBy === undefined || requires === null) return { organization, role: "owner" };
  const role = await findRole(db, requestedBy, { organization: row.id, requires });
  if (role !== undefined && permissions.can(role, requires)) return { organization, role };
  throw new RowhouseError("FORBIDDEN", `Whoever asked for the job ${entry.job} does not have ${requires} any more.`);
}

interface Needed {
  readonly organization: string;
  readonly requires: string;
}

/** `undefined` for somebody who was removed or suspended, and for a key that does not open any more. */
async function findRole(
  db: Kysely<ControlPlane>,
  requester: Requester,
  { organization, requires }: Needed,
): Promise<Role | undefined> {
  if (requester.kind !== "user") {
    const key = await db
      .selectFrom("rowhouse.apiKeys")
      .select("id")
      .where("organizationId", "=", organization)
      .where("id", "=", requester.keyId)
      .where("revokedAt", "is", null)
      .where(sql<SqlBool>`coalesce(expires_at > now(), true)`)
      .where(sql<SqlBool>`${requires} = any (scopes)`)
      .executeTakeFirst();
    if (key === undefined) return undefined;
  }
  if (requester.kind === "service-account") {
    const accounts = db
      .selectFrom("rowhouse.serviceAccounts")
      .select("role")
      .where("organizationId", "=", organization);
    const active = accounts.where("id", "=", requester.serviceAccountId).where("status", "=", "active");
    return (await active.executeTakeFirst())?.role;
  }
  const memberships = db.selectFrom("rowhouse.memberships").select("role").where("organizationId", "=", organization);
  const active = memberships.where("userId", "=", requester.userId).where("status", "=", "active");
  return (await active.executeTakeFirst())?.role;
}
