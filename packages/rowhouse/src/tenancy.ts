import { AsyncLocalStorage } from "node:async_hooks";
import type { Kysely, Transaction } from "kysely";
import { noContext } from "./database/context.ts";
import { Pool } from "./database/pool.ts";
import { openUnscoped } from "./database/open-unscoped.ts";
import { RowhouseError } from "./errors.ts";
import { operate, type OperateOptions, type Operator } from "./operator/operate.ts";
import type { ControlPlane } from "./tenant/control-plane.ts";
import { createOrganization, newOrganizationId, type Profile } from "./organizations/create-organization.ts";
import type { RequestOrigin } from "./tenant/audit-event.ts";
import type { Organization } from "./tenant/organization.ts";
import { assertSafeDatabase } from "./policy/boot-guard.ts";
import { parseSettings, type Identity, type ParsedSettings, type Settings } from "./settings.ts";
import { locateOrganization } from "./tenant/locate-organization.ts";
import { getMembership, listMemberships, type Membership } from "./members/get-membership.ts";
import { acceptInvitation, type AcceptInvitationInput } from "./invitations/accept-invitation.ts";
import { declineInvitation, type DeclineInvitationInput } from "./invitations/decline-invitation.ts";
import { previewInvitation, type InvitationPreview } from "./invitations/preview-invitation.ts";
import {
  signUpWithInvitation,
  type InvitedAddress,
  type SignUpWithInvitationInput,
} from "./invitations/sign-up-with-invitation.ts";
import { Scope } from "./tenant/scope.ts";
import { TableScopes } from "./tenant/table-scopes.ts";
import { openTenant, type Tenant } from "./tenant/tenant.ts";

/** Which organization, and for whom. */
export interface EnterOptions {
  /** Its slug or id. A claim from outside is fine: it is joined to the user's membership. */
  readonly organization: string;
  /** Id of the user, from a session that was checked. */
  readonly user: string;
  /** Cancels the statement that runs when it fires; the caller gets CANCELED. */
  readonly signal?: AbortSignal | undefined;
  /** Where the request came from, for the audit log. */
  readonly origin?: RequestOrigin | undefined;
}

interface Current<DB, P extends string> {
  readonly scope: Scope;
  readonly tenant: Tenant<DB, P>;
}

/**
 * Describes an application's tenancy: one file does, everything else receives a {@link Tenant}.
 *
 * Connects with the first use, and refuses every use (UNSAFE_DATABASE) of a database that would not keep tenants apart.
 *
 * @throws RowhouseError INVALID_SETTINGS naming every wrong setting at once
 */
export function defineTenancy<DB, P extends string>(settings: Settings<DB, P>): Tenancy<DB, P> {
  return new Tenancy<DB, P>(parseSettings(settings));
}

/** See {@link defineTenancy}. */
export class Tenancy<DB, P extends string> implements AsyncDisposable {
  readonly #settings: ParsedSettings<P>;
  readonly #pool: Pool;
  #operator: Pool | undefined;
  #identity: Pool | undefined;
  readonly #scopes: TableScopes;
  readonly #current = new AsyncLocalStorage<Current<DB, P>>();
  #safe: Promise<void> | undefined;

  constructor(settings: ParsedSettings<P>) {
    this.#settings = settings;
    this.#scopes = new TableScopes(settings.tables);
    this.#pool = this.#openPool(settings.database.url, "rowhouse");
  }

  /**
   * The boot guard. Call it before listening, to fail early; every scope waits for it in any case.
   *
   * @throws RowhouseError UNSAFE_DATABASE, DATABASE_UNREACHABLE
   */
  async start(): Promise<void> {
    // A failure is not remembered: the database may be mended while the process waits.
    this.#safe ??= this.#guard().catch((error: unknown) => {
      this.#safe = undefined;
      throw error;
    });
    await this.#safe;
  }

  /**
   * Opens a tenant scope: reads the membership, runs `work` with a handle bound to the organization and the user, and
   * ends the handle.
   *
   * @throws RowhouseError NOT_FOUND for an unknown or foreign organization, TENANT_ALREADY_OPEN inside another scope
   */
  async enter<T>(options: EnterOptions, work: (tenant: Tenant<DB, P>) => Promise<T>): Promise<T> {
    await this.start();
    const { organization, role } = await getMembership(
      openUnscoped<ControlPlane>(this.#pool, { ...noContext, userId: options.user }),
      options.organization,
      options.user,
    );
    this.#assertNoOther(organization.id, options.user);
    const scope = new Scope(organization.id, options.user);
    const tenant = openTenant<DB, P>(
      {
        organization,
        role,
        actor: { kind: "user", userId: options.user },
        permissions: this.#settings.permissions,
        origin: options.origin ?? {},
      },
      { pool: this.#pool, scope, scopes: this.#scopes, signal: options.signal },
    );
    try {
      return await this.#current.run({ scope, tenant }, () => work(tenant));
    } finally {
      scope.close();
    }
  }

  /**
   * {@link enter} for a request: who sends it comes from `identify`, the organization from the places in `locate`.
   *
   * @throws RowhouseError UNAUTHENTICATED without a session, NOT_FOUND when the request names no organization of the user's
   */
  async enterRequest<T>(
    request: Request,
    work: (tenant: Tenant<DB, P>) => Promise<T>,
    options: { readonly pathPrefix?: string } = {},
  ): Promise<T> {
    const identity = await this.identify(request);
    const { locate, baseDomain } = this.#settings;
    const organization = locateOrganization(request, identity, { locate, baseDomain, ...options });
    if (organization === undefined) throw new RowhouseError("NOT_FOUND", "The request names no organization.");
    return this.enter({ organization, user: identity.userId, signal: request.signal }, work);
  }

  /** @throws RowhouseError UNAUTHENTICATED */
  async identify(request: Request): Promise<Identity> {
    const identity = await this.#settings.identify?.(request);
    if (identity === null || identity === undefined) throw new RowhouseError("UNAUTHENTICATED", "Sign in first.");
    return identity;
  }

  /** The organizations of a user with their roles, by name. */
  async listOrganizations(user: string): Promise<Membership[]> {
    await this.start();
    return listMemberships(openUnscoped<ControlPlane>(this.#pool, { ...noContext, userId: user }), user);
  }

  /**
   * A new organization with `user` as its owner, in one transaction. With `isPersonal` it is the user's personal workspace:
   * one a user, with no seat for anybody else.
   *
   * @throws RowhouseError INVALID_INPUT, SLUG_UNUSABLE, CONFLICT for a second personal workspace
   */
  async createOrganization(input: {
    readonly name: string;
    readonly user: string;
    readonly profile?: Profile | undefined;
    readonly isPersonal?: boolean | undefined;
    readonly origin?: RequestOrigin | undefined;
  }): Promise<Organization> {
    await this.start();
    const id = newOrganizationId();
    const db = openUnscoped<ControlPlane>(this.#pool, { organizationId: id, userId: input.user });
    return db.transaction().execute((transaction: Transaction<ControlPlane>) =>
      createOrganization(transaction, {
        id,
        name: input.name,
        ownerId: input.user,
        owner: input.profile,
        isPersonal: input.isPersonal,
        origin: input.origin,
      }),
    );
  }

  /**
   * Crosses tenants: as the operator role, with a reason, in one transaction with its line in the operator log.
   *
   * @throws RowhouseError REASON_REQUIRED, INVALID_SETTINGS when this process has no `database.operatorUrl`
   */
  async operate<T>(options: OperateOptions, work: (operator: Operator<DB>) => Promise<T>): Promise<T> {
    await this.start();
    return operate(this.#operatorPool(), options, work);
  }

  /**
   * A new person and their first organization, in one transaction: `createUser` writes the user and returns who it is; then
   * come the organization, its slug and the owner's membership. If any part fails nothing remains.
   *
   * @throws RowhouseError INVALID_INPUT, SLUG_UNUSABLE, and what `createUser` throws
   */
  async signUp<Tables>(
    input: { readonly organizationName: string; readonly origin?: RequestOrigin | undefined },
    createUser: (db: Transaction<Tables>) => Promise<Profile & { readonly id: string }>,
  ): Promise<{ readonly userId: string; readonly organization: Organization }> {
    await this.start();
    const id = newOrganizationId();
    const db = openUnscoped<ControlPlane>(this.#identityPool(), { ...noContext, organizationId: id });
    return db.transaction().execute(async (transaction) => {
      const { id: userId, name, email } = await createUser(transaction as unknown as Transaction<Tables>);
      const organization = await createOrganization(transaction, {
        id,
        name: input.organizationName,
        ownerId: userId,
        owner: { name, email },
        origin: input.origin,
      });
      return { userId, organization };
    });
  }

  /**
   * What the holder of an invitation's token may know before signing in; the same whether the address has an account or not.
   *
   * @throws RowhouseError NOT_FOUND for an unknown token, GONE, ORGANIZATION_SUSPENDED
   */
  async previewInvitation(token: string): Promise<InvitationPreview> {
    await this.start();
    return previewInvitation(this.#door(this.#pool), token);
  }

  /**
   * Makes the user of a checked session a member. Accepting twice is accepting once; a membership that is there never changes.
   *
   * @throws RowhouseError NOT_FOUND, GONE, WRONG_ACCOUNT, CONFLICT, MEMBER_LIMIT, ORGANIZATION_SUSPENDED, UNAUTHENTICATED
   */
  async acceptInvitation(input: AcceptInvitationInput): Promise<Membership> {
    await this.start();
    return acceptInvitation(this.#door(this.#pool), input);
  }

  /** @throws RowhouseError NOT_FOUND, GONE, CONFLICT for a link, WRONG_ACCOUNT */
  async declineInvitation(input: DeclineInvitationInput): Promise<void> {
    await this.start();
    return declineInvitation(this.#door(this.#pool), input);
  }

  /**
   * {@link signUp} for somebody invited: `createUser` writes the user, with the invitation's address where it has one; then
   * comes the membership, in the same transaction.
   *
   * @throws RowhouseError NOT_FOUND, GONE, WRONG_ACCOUNT, MEMBER_LIMIT, ORGANIZATION_SUSPENDED, and what `createUser` throws
   */
  async signUpWithInvitation<Tables>(
    input: SignUpWithInvitationInput,
    createUser: (db: Transaction<Tables>, address: InvitedAddress) => Promise<Profile & { readonly id: string }>,
  ): Promise<{ readonly userId: string; readonly organization: Organization }> {
    await this.start();
    return signUpWithInvitation(this.#door(this.#identityPool()), input, createUser);
  }

  /** For the sign-in library alone: its own tables, as the identity role, which sees no tenant's rows. */
  identityDatabase<Tables>(): Kysely<Tables> {
    return openUnscoped<Tables>(this.#identityPool(), noContext);
  }

  /** The scope that this code runs in, carried by AsyncLocalStorage; `undefined` outside of one. */
  getTenantContext(): Tenant<DB, P> | undefined {
    const current = this.#current.getStore();
    return current?.scope.isOpen === true ? current.tenant : undefined;
  }

  /** @throws RowhouseError NO_TENANT */
  requireTenantContext(): Tenant<DB, P> {
    const tenant = this.getTenantContext();
    if (tenant !== undefined) return tenant;
    throw new RowhouseError("NO_TENANT", "No tenant scope is open here. Open one with enter or runWithTenant.");
  }

  /** {@link enter} for code that asks {@link requireTenantContext} for its tenant. */
  async runWithTenant<T>(options: EnterOptions, work: () => Promise<T>): Promise<T> {
    return this.enter(options, work);
  }

  /** Connections open, idle and waited for: for a health endpoint. */
  connections(): { total: number; idle: number; waiting: number } {
    return this.#pool.counts();
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await this.#operator?.close();
    await this.#identity?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #door(pool: Pool): { pool: Pool; permissions: ParsedSettings<P>["permissions"] } {
    return { pool, permissions: this.#settings.permissions };
  }

  #operatorPool(): Pool {
    return (this.#operator ??= this.#openPool(this.#requireUrl("operatorUrl"), "rowhouse operator"));
  }

  #identityPool(): Pool {
    return (this.#identity ??= this.#openPool(this.#requireUrl("identityUrl"), "rowhouse identity"));
  }

  #requireUrl(name: "operatorUrl" | "identityUrl"): string {
    const url = this.#settings.database[name];
    if (url !== undefined) return url;
    throw new RowhouseError("INVALID_SETTINGS", `This process cannot do that: database.${name} is not set.`);
  }

  #openPool(url: string, applicationName: string): Pool {
    const { maxConnections, acquireTimeoutMs, statementTimeoutMs, prepare } = this.#settings.database;
    const { onIdleError } = this.#settings;
    return new Pool({
      url,
      maxConnections,
      acquireTimeoutMs,
      statementTimeoutMs,
      prepare,
      applicationName,
      onIdleError,
    });
  }

  async #guard(): Promise<void> {
    const connection = await this.#pool.acquire();
    try {
      const db = {
        query: async <R>(text: string, values: unknown[]) =>
          (await connection.run({ text, values }, noContext)) as { rows: R[] },
      };
      await assertSafeDatabase(db, this.#settings.tables.tenant);
    } finally {
      connection.release();
    }
  }

  /** Two tenants in one call chain are how rows get mixed. */
  #assertNoOther(organizationId: string, userId: string): void {
    const scope = this.#current.getStore()?.scope;
    if (scope === undefined || !scope.isOpen) return;
    if (scope.organizationId === organizationId && scope.userId === userId) return;
    throw new RowhouseError(
      "TENANT_ALREADY_OPEN",
      "Another tenant scope is open here. Let it end before opening the next.",
    );
  }
}
