import type { Pool } from "../database/pool.ts";
import type { InvitedPerson } from "../invitations/invited-person.ts";
import type { Organization } from "../tenant/organization.ts";
import { findOrganizationOf, readStanding } from "./joining-person.ts";

/** An organization that takes people from the domain of somebody's verified address. */
export interface JoinableOrganization {
  readonly organization: Organization;
  readonly domain: string;
  /** `join`: at once. `ask`: somebody there decides. */
  readonly way: "join" | "ask";
  readonly role: "member" | "viewer";
  /** What became of a request. */
  readonly request: "none" | "open" | "declined";
}

/** @throws RowhouseError UNAUTHENTICATED */
export async function findJoinable(pool: Pool, user: InvitedPerson): Promise<JoinableOrganization[]> {
  const person = await findOrganizationOf(pool, user);
  if (person === undefined) return [];
  const standing = await readStanding(person.db, person);
  if (standing === undefined || standing.membership !== null) return [];
  const { organization, way, joinRole, request } = standing;
  const state = request === null || request.status === "approved" ? "none" : request.status;
  return [{ organization, domain: person.domain, way, role: joinRole, request: state }];
}
