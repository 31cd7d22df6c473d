import type { InvitedPerson } from "../invitations/invited-person.ts";
import type { Membership } from "../members/get-membership.ts";
import type { Organization } from "../tenant/organization.ts";
import type { TenancyParts } from "../tenant/tenancy-parts.ts";
import { findJoinable, type JoinableOrganization } from "./find-joinable.ts";
import { joinByDomain, type JoinInput } from "./join-by-domain.ts";
import { requestToJoin } from "./request-to-join.ts";
import { reverifyDomains, type DomainReport, type ReverifyDomainsInput } from "./reverify-domains.ts";

/** What somebody with a verified address at an organization's domain may do before they are a member: `tenancy.domains`. */
export class DomainDoor {
  readonly #parts: TenancyParts;

  constructor(parts: TenancyParts) {
    this.#parts = parts;
  }

  /**
   * The organizations that take people from the domain of the person's address. None for an address that is not verified,
   * as for a domain of nobody's, and none that the person is a member of.
   *
   * @throws RowhouseError UNAUTHENTICATED
   */
  async findJoinable(input: { readonly user: InvitedPerson }): Promise<JoinableOrganization[]> {
    await this.#parts.start();
    return findJoinable(this.#parts.pools.runtime, input.user);
  }

  /**
   * Makes the person a member. Joining twice is joining once. Who was a member before has to ask, whatever the mode.
   *
   * @throws RowhouseError NOT_FOUND, FORBIDDEN where they have to ask, MEMBER_LIMIT, UNAUTHENTICATED
   */
  async join(input: JoinInput): Promise<Membership> {
    await this.#parts.start();
    return joinByDomain(this.#parts.pools.runtime, input);
  }

  /** @throws RowhouseError NOT_FOUND, CONFLICT for a member and within a week of a refusal, UNAUTHENTICATED */
  async requestToJoin(input: JoinInput): Promise<{ readonly organization: Organization; readonly request: "open" }> {
    await this.#parts.start();
    return requestToJoin(this.#parts.pools.runtime, input);
  }

  /**
   * The nightly check of verified domains, as the operator. Repeat until it has `checked` none.
   *
   * @throws RowhouseError REASON_REQUIRED, INVALID_SETTINGS when this process has no `database.operatorUrl`
   */
  async reverify(input: ReverifyDomainsInput): Promise<DomainReport> {
    await this.#parts.start();
    return reverifyDomains(this.#parts.pools.operator, input);
  }
}
