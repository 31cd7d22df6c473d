import type { Kysely, Transaction } from "kysely";
import { noContext } from "./database/context.ts";
import { Pools } from "./database/pools.ts";
import { openUnscoped } from "./database/open-unscoped.ts";
import { RowhouseError } from "./errors.ts";
import { operate, type OperateOptions, type Operator } from "./operator/operate.ts";
import type { ControlPlane } from "./tenant/control-plane.ts";
import { createOrganization, newOrganizationId, type Profile } from "./organizations/create-organization.ts";
import type { Actor } from "./tenant/actor.ts";
import type { RequestOrigin } from "./tenant/audit-event.ts";
import type { Organization } from "./tenant/organization.ts";
import { guardPool } from "./policy/guard-pool.ts";
import { parseSettings, type Identity, type ParsedSettings, type Settings } from "./settings.ts";
import { locateOrganization } from "./tenant/locate-organization.ts";
import { getMembership, listMemberships, type Membership } from "./members/get-membership.ts";
import { InvitationDoor } from "./invitations/invitation-door.ts";
import { CurrentScope } from "./tenant/current-scope.ts";
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

/** Who comes into a tenant scope, by which membership. */
interface Entry {
  readonly membership: Membership;
  readonly actor: Actor;
  readonly signal: AbortSignal | undefined;
  readonly origin: RequestOrigin | undefined;
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
  /** For the holder of an invitation, before they are a member. */
  readonly invitations: InvitationDoor<P>;
  readonly #settings: ParsedSettings<P>;
  readonly #pools: Pools;
  readonly #scopes: TableScopes;
  readonly #current = new CurrentScope<DB, P>();
  #safe: Promise<void> | undefined;

  constructor(settings: ParsedSettings<P>) {
    this.#settings = settings;
    this.#scopes = new TableScopes(settings.tables);
    this.#pools = new Pools(settings);
    const door = { pools: this.#pools, permissions: settings.permissions, start: () => this.start() };
    this.invitations = new InvitationDoor(door);
  }

  /**
   * The boot guard. Call it before listening, to fail early; every scope waits for it in any case.
   *
   * @throws RowhouseError UNSAFE_DATABASE, DATABASE_UNREACHABLE
   */
  async start(): Promise<void> {
    // A failure is not remembered: the database may be mended while the process waits.
    this.#safe ??= guardPool(this.#pools.runtime, this.#settings.tables.tenant).catch((error: unknown) => {
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
    const db = openUnscoped<ControlPlane>(this.#pools.runtime, { ...noContext, userId: options.user });
    const membership = await getMembership(db, options.organization, options.user);
    const { signal, origin } = options;
    return this.#open({ membership, actor: { kind: "user", userId: options.user }, signal, origin }, work);
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
    return listMemberships(openUnscoped<ControlPlane>(this.#pools.runtime, { ...noContext, userId: user }), user);
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
    const db = openUnscoped<ControlPlane>(this.#pools.runtime, { organizationId: id, userId: input.user });
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
    return operate(this.#pools.operator, options, work);
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
    const db = openUnscoped<ControlPlane>(this.#pools.identity, { ...noContext, organizationId: id });
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

  /** For the sign-in library alone: its own tables, as the identity role, which sees no tenant's rows. */
  identityDatabase<Tables>(): Kysely<Tables> {
    return openUnscoped<Tables>(this.#pools.identity, noContext);
  }

  /** The scope that this code runs in, carried by AsyncLocalStorage; `undefined` outside of one. */
  getTenantContext(): Tenant<DB, P> | undefined {
    return this.#current.tenant;
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
    return this.#pools.runtime.counts();
  }

  async close(): Promise<void> {
    await this.#pools.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Opens the scope of an actor whose standing in the organization was just read. */
  async #open<T>(entry: Entry, work: (tenant: Tenant<DB, P>) => Promise<T>): Promise<T> {
    const { membership, actor, signal, origin = {} } = entry;
    const userId = "userId" in actor ? actor.userId : noContext.userId;
    this.#current.assertNoOther(membership.organization.id, userId);
    const scope = new Scope(membership.organization.id, userId);
    const tenant = openTenant<DB, P>(
      { ...membership, actor, permissions: this.#settings.permissions, origin },
      { pool: this.#pools.runtime, scope, scopes: this.#scopes, signal },
    );
    return this.#current.run({ scope, tenant }, work);
  }
}
