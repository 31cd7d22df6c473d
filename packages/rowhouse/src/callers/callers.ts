import { ApiKeyUses } from "../api-keys/api-key-uses.ts";
import { apiKeyMark } from "../api-keys/api-key-text.ts";
import { authenticateApiKey, badCredential } from "../api-keys/authenticate-api-key.ts";
import { noContext } from "../database/context.ts";
import { openUnscoped } from "../database/open-unscoped.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import { getMembership, type Membership } from "../members/get-membership.ts";
import type { Identity, ParsedSettings } from "../settings.ts";
import type { Actor } from "../tenant/actor.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import { locateOrganization } from "../tenant/locate-organization.ts";
import { verifyToken } from "../tokens/token-claims.ts";
import type { Caller } from "./caller.ts";

type CallerSettings = Pick<
  ParsedSettings<string>,
  "identify" | "tokens" | "locate" | "baseDomain" | "onBackgroundError"
>;

/** With what a caller comes into an organization. */
export interface Standing {
  readonly membership: Membership;
  readonly actor: Actor;
  /** Narrows the role, for a key. */
  readonly granted?: ReadonlySet<string> | undefined;
}

/** Finds out who a request is from, and what they are in the organization that it names. */
export class Callers {
  readonly #pool: Pool;
  readonly #settings: CallerSettings;
  readonly #uses: ApiKeyUses;

  constructor(pool: Pool, settings: CallerSettings) {
    this.#pool = pool;
    this.#settings = settings;
    this.#uses = new ApiKeyUses(pool, settings.onBackgroundError);
  }

  /**
   * An Authorization header speaks for the whole request: a bad one is refused, and no cookie beside it is looked at.
   *
   * @throws RowhouseError UNAUTHENTICATED, ORGANIZATION_SUSPENDED for a key
   */
  async find(request: Request): Promise<Caller> {
    const authorization = request.headers.get("authorization");
    if (authorization === null) return this.#bySession(request);
    const credential = /^Bearer +([^\s,]+)$/i.exec(authorization)?.[1];
    if (credential === undefined) throw badCredential();
    if (credential.startsWith(apiKeyMark)) return this.#byKey(credential);
    const { tokens } = this.#settings;
    if (tokens === undefined) throw badCredential();
    return { kind: "token", ...(await verifyToken(tokens, credential)) };
  }

  /**
   * The person of a session.
   *
   * @throws RowhouseError UNAUTHENTICATED, FORBIDDEN to keys and tokens
   */
  async findPerson(request: Request): Promise<Identity> {
    const caller = await this.find(request);
    if (caller.kind === "session") return caller;
    throw new RowhouseError("FORBIDDEN", "This is for a person who is signed in, not for an API key or a token.");
  }

  /**
   * What a request says its organization is; a claim.
   *
   * @throws RowhouseError NOT_FOUND when it says nothing
   */
  locate(request: Request, caller: Caller, pathPrefix: string | undefined): string {
    const { locate, baseDomain } = this.#settings;
    const identity = {
      activeOrganization: caller.kind === "session" ? caller.activeOrganization : undefined,
      ownOrganization: ownOrganization(caller),
    };
    const claim = locateOrganization(request, identity, { locate, baseDomain, pathPrefix });
    if (claim !== undefined) return claim;
    throw new RowhouseError("NOT_FOUND", "The request names no organization.");
  }

  /**
   * Joins a claim to the caller's standing, as it is now. A key or a token is good in its own organization alone.
   *
   * @throws RowhouseError NOT_FOUND, ORGANIZATION_SUSPENDED
   */
  async stand(caller: Caller, claim: string): Promise<Standing> {
    if (caller.kind === "api-key") {
      const { organization, role, actor, scopes } = caller;
      await this.#assertNames(organization, claim);
      return { membership: { organization, role }, actor, granted: scopes };
    }
    const { userId } = caller;
    const db = openUnscoped<ControlPlane>(this.#pool, { ...noContext, userId });
    const membership = await getMembership(db, claim, userId);
    const own = ownOrganization(caller);
    if (own !== undefined && membership.organization.id !== own) throw notIts();
    return { membership, actor: { kind: "user", userId } };
  }

  /** Waits for what is written beside the requests. */
  async settle(): Promise<void> {
    await this.#uses.settle();
  }

  async #bySession(request: Request): Promise<Caller> {
    const identity = await this.#settings.identify?.(request);
    if (identity === null || identity === undefined) throw new RowhouseError("UNAUTHENTICATED", "Sign in first.");
    return { kind: "session", ...identity };
  }

  async #byKey(text: string): Promise<Caller> {
    const key = await authenticateApiKey(this.#pool, text);
    this.#uses.mark(key);
    return { kind: "api-key", ...key };
  }

  /** Also by a slug that the organization had before: old addresses lead on. */
  async #assertNames({ id, slug }: Membership["organization"], claim: string): Promise<void> {
    if (claim === slug || claim.toLowerCase() === id) return;
    const former = await openUnscoped<ControlPlane>(this.#pool, { ...noContext, organizationId: id })
      .selectFrom("rowhouse.organizationSlugs")
      .select("slug")
      .where("organizationId", "=", id)
      .where("slug", "=", claim.slice(0, 100).replaceAll("\0", ""))
      .executeTakeFirst();
    if (former === undefined) throw notIts();
  }
}

function ownOrganization(caller: Caller): string | undefined {
  if (caller.kind === "api-key") return caller.organization.id;
  return caller.kind === "token" ? caller.organizationId : undefined;
}

function notIts(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such organization, or you are not a member of it.");
}
