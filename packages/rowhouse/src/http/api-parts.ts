import type { z } from "zod";
import type { DomainMail } from "../domains/request-domain-mail.ts";
import type { TxtResolver } from "../domains/resolve-txt.ts";
import type { FileStore } from "../files/file-store.ts";
import type { NewInvitation } from "../invitations/invitation.ts";
import type { Member } from "../members/member.ts";
import type { RatePolicy } from "../rate-limits/rate-policy.ts";
import type { Tenancy } from "../tenancy.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { OrganizationSettingsDefinition } from "../organization-settings/define-organization-settings.ts";

export interface RoleChange {
  /** With the new role. */
  readonly member: Member;
  /** What people call whoever gave it; empty where nobody knows. */
  readonly actorName: string;
}

/** What an application tells its people of, inside of the transaction that makes it so. */
export interface ApiHooks<DB, P extends string> {
  /**
   * Queues the mail with the link that holds the token, and calls `markInvitationSent`. Without it the API makes no
   * invitations to addresses, since it never answers their tokens.
   */
  readonly onInvitation?: ((tenant: Tenant<DB, P>, created: NewInvitation) => Promise<void>) | undefined;
  readonly onRoleChanged?: ((tenant: Tenant<DB, P>, change: RoleChange) => Promise<void>) | undefined;
  readonly onMemberRemoved?: ((tenant: Tenant<DB, P>, member: Member) => Promise<void>) | undefined;
  /** Queues the mail with the link that proves a domain. Without it the API proves domains by DNS alone. */
  readonly onDomainMail?: ((tenant: Tenant<DB, P>, mail: DomainMail) => Promise<void>) | undefined;
}

/** What the API needs to offer more. */
export interface ApiFurniture {
  /** The application's settings of an organization. Without them the API has none. */
  readonly settings?: OrganizationSettingsDefinition<Readonly<Record<string, z.ZodType>>> | undefined;
  /** Where logos are kept. Without it the API has none. */
  readonly files?: (() => FileStore) | undefined;
  /** Asks DNS for the proof of a domain. Default: the system's name servers. */
  readonly resolveTxt?: TxtResolver | undefined;
}

/** How many requests are taken. */
export interface ApiRateLimits {
  /** From one address, whoever asks. Counted before anything else, where `origin` knows an address. */
  readonly address: Pick<RatePolicy, "limit" | "windowSeconds">;
  /** By one key, or one user. */
  readonly caller: Pick<RatePolicy, "limit" | "windowSeconds">;
}

/** What an endpoint reaches of the API that it is in. The application's types are forgotten here: endpoints know theirs. */
export interface ApiParts extends ApiHooks<unknown, string>, ApiFurniture {
  readonly tenancy: Tenancy<unknown, string>;
  readonly mount: string;
  readonly rateLimits: ApiRateLimits | false;
  readonly onFault: (error: unknown) => void;
}
