import type { Kysely, Transaction } from "kysely";
import { noContext } from "./database/context.ts";
import { Pools } from "./database/pools.ts";
import { openUnscoped } from "./database/open-unscoped.ts";
import { RowhouseError } from "./errors.ts";
import type { Permissions } from "./access/permissions.ts";
import { operate, type OperateOptions, type Operator } from "./operator/operate.ts";
import type { ControlPlane } from "./tenant/control-plane.ts";
import { createOrganization, newOrganizationId, type Profile } from "./organizations/create-organization.ts";
import type { Actor } from "./tenant/actor.ts";
import type { RequestOrigin } from "./tenant/audit-event.ts";
import type { Organization } from "./tenant/organization.ts";
import { guardPool } from "./policy/guard-pool.ts";
import { parseSettings, type Identity, type ParsedSettings, type Settings } from "./settings.ts";
import type { Caller } from "./callers/caller.ts";
import { Callers, type Standing } from "./callers/callers.ts";
import { getJobStanding, type JobEntry } from "./jobs/get-job-standing.ts";
import { listMemberships, type Membership } from "./members/get-membership.ts";
import { DomainDoor } from "./domains/domain-door.ts";
import { InvitationDoor } from "./invitations/invitation-door.ts";
import { signUp, type SignedUp, type SignUpInput } from "./organizations/sign-up.ts";
import { RateLimits } from "./rate-limits/rate-limits.ts";
import { TokenDesk } from "./tokens/token-desk.ts";
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

export interface EnterRequestOptions extends Pick<EnterOptions, "origin"> {
  /** Segments of the path before the slug, such as `api/organizations`. */
  readonly pathPrefix?: string | undefined;
}

/** Who comes into a tenant scope, by which standing. */
type Entry = Standing & Pick<EnterOptions, "signal" | "origin">;

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
  /** Signed tokens for callers without cookies. */
  readonly tokens: TokenDesk;
  /** Attempts, counted for all processes together. */
  readonly rateLimits: RateLimits;
  /** For somebody with a verified address at an organization's domain, before they are a member. */
  readonly domains: DomainDoor;
  readonly #settings: ParsedSettings<P>;
  readonly #pools: Pools;
  readonly #callers: Callers;
  readonly #scopes: TableScopes;
  readonly #current = new CurrentScope<DB, P>();
  #safe: Promise<void> | undefined;

  constructor(settings: ParsedSettings<P>) {
    this.#settings = settings;
    this.#scopes = new TableScopes(settings.tables);
    this.#pools = new Pools(settings);
    const door = { pools: this.#pools, permissions: settings.permissions, start: () => this.start() };
    this.invitations = new InvitationDoor(door);
    this.tokens = new TokenDesk({ ...door, tokens: settings.tokens });
    this.rateLimits = new RateLimits(door);
    this.#callers = new Callers(this.#pools.runtime, settings);
    this.domains = new DomainDoor(door);
  }

  /**
   * The boot guard. Call it before listening, to fail early; every scope waits for it in any case.
   *
   * @throws RowhouseError UNSAFE_DATABASE, DATABASE_UNREACHABLE
   */
  async start(): Promise<void> {
    // A failure is not remembered: the database may be mended while the process waits.
    const { database, tables } = this.#settings;
    const { sealer, runtime } = this.#pools;
    const seal = sealer && { sealer, isRequired: database.seal?.isRequired === true };
    this.#safe ??= guardPool(runtime, tables, seal).catch((error: unknown) => {
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
    return this.enterAs({ kind: "session", userId: options.user }, options, work);
  }

  /**
   * {@link enter} for a caller that {@link getCaller} just gave. A key or a token is good in its own organization alone.
   *
   * @throws RowhouseError NOT_FOUND, ORGANIZATION_SUSPENDED, TENANT_ALREADY_OPEN
   */
  async enterAs<T>(
    caller: Caller,
    { organization, signal, origin }: Omit<EnterOptions, "user">,
    work: (tenant: Tenant<DB, P>) => Promise<T>,
  ): Promise<T> {
    await this.start();
    return this.#open({ ...(await this.#callers.stand(caller, organization)), signal, origin }, work);
  }

  /**
   * {@link enter} for a request: {@link getCaller} says who sends it, and the organization comes from the places in `locate`.
   *
   * @throws RowhouseError UNAUTHENTICATED, NOT_FOUND when the request names no organization of the caller's
   */
  async enterRequest<T>(
    request: Request,
    work: (tenant: Tenant<DB, P>) => Promise<T>,
    { pathPrefix, origin }: EnterRequestOptions = {},
  ): Promise<T> {
    const caller = await this.getCaller(request);
    const organization = this.#callers.locate(request, caller, pathPrefix);
    return this.enterAs(caller, { organization, signal: request.signal, origin }, work);
  }

  /**
   * Who a request is from: by the API key or token in its Authorization header, else by `identify`. A bad header is refused,
   * whatever cookie comes along.
   *
   * @throws RowhouseError UNAUTHENTICATED, ORGANIZATION_SUSPENDED for a key
   */
  async getCaller(request: Request): Promise<Caller> {
    await this.start();
    return this.#callers.find(request);
  }

  /**
   * The person of a session, for what is no organization's.
   *
   * @throws RowhouseError UNAUTHENTICATED, FORBIDDEN to keys and tokens, which are for one organization
   */
  async identify(request: Request): Promise<Identity> {
    return this.#callers.findPerson(request);
  }

  /** The table of who may do what. */
  get permissions(): Permissions<P> {
    return this.#settings.permissions;
  }

  /**
   * Opens a tenant scope for a job, with the permissions that the job names. For an envelope that was opened: `defineJobs`
   * calls this, and nothing that a request says may reach it.
   *
   * @throws RowhouseError NOT_FOUND, ORGANIZATION_SUSPENDED, FORBIDDEN when whoever asked for the job may not any more
   */
  async enterJob<T>(entry: JobEntry<P>, work: (tenant: Tenant<DB, P>) => Promise<T>): Promise<T> {
    await this.start();
    const context = { ...noContext, organizationId: entry.organization };
    const db = openUnscoped<ControlPlane>(this.#pools.runtime, context);
    const membership = await getJobStanding(db, this.#settings.permissions, entry);
    const actor: Actor = { kind: "job", job: entry.job, requestedBy: entry.requestedBy };
    return this.#open({ membership, actor, granted: new Set(entry.permissions), signal: entry.signal }, work);
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
    input: SignUpInput,
    createUser: (db: Transaction<Tables>) => Promise<Profile & { readonly id: string }>,
  ): Promise<SignedUp> {
    await this.start();
    return signUp(this.#pools.identity, input, createUser);
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
    await this.#callers.settle();
    await this.#pools.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Opens the scope of an actor whose standing in the organization was just read. */
  async #open<T>(entry: Entry, work: (tenant: Tenant<DB, P>) => Promise<T>): Promise<T> {
    const { membership, actor, granted, signal, origin = {} } = entry;
    const scope = new Scope(membership.organization.id, actor);
    this.#current.assertNoOther(scope);
    const tenant = openTenant<DB, P>(
      { ...membership, actor, permissions: this.#settings.permissions, granted, origin },
      {
        pool: this.#pools.runtime,
        scope,
        scopes: this.#scopes,
        signal,
        assertHere: () => this.#current.assertNoOther(scope),
      },
    );
    return this.#current.run({ scope, tenant }, work);
  }
}
