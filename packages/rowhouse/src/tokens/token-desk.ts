import { noContext } from "../database/context.ts";
import { openUnscoped } from "../database/open-unscoped.ts";
import { RowhouseError } from "../errors.ts";
import { getMembership } from "../members/get-membership.ts";
import type { ParsedTokenSettings } from "../settings.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import type { TenancyParts } from "../tenant/tenancy-parts.ts";
import { publicPart, signToken, type SignedToken } from "./token-claims.ts";

interface DeskParts extends TenancyParts {
  readonly tokens: ParsedTokenSettings | undefined;
}

/** The public keys, for whoever wants to check a token without asking. */
export interface JwksDocument {
  readonly keys: readonly Readonly<Record<"kty" | "crv" | "kid" | "x" | "alg" | "use", string>>[];
}

/** Signed tokens for callers without cookies: `tenancy.tokens`. */
export class TokenDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /**
   * A token for a member, which says who and where and nothing of what they may do: that is read at every use. Offer it to the
   * user of a session only, never to the bearer of a token, who could prolong it for ever.
   *
   * @throws RowhouseError NOT_FOUND for an organization that is not the user's, INVALID_SETTINGS without `tokens`
   */
  async issue(input: { readonly user: string; readonly organization: string }): Promise<SignedToken> {
    const settings = this.#require();
    await this.#parts.start();
    const db = openUnscoped<ControlPlane>(this.#parts.pools.runtime, { ...noContext, userId: input.user });
    const { organization } = await getMembership(db, input.organization, input.user);
    return signToken(settings, { userId: input.user, organizationId: organization.id });
  }

  /** Whether there are keys to sign with. */
  get isOffered(): boolean {
    return this.#parts.tokens !== undefined;
  }

  /**
   * The JSON Web Key Set to serve: every key that is accepted.
   *
   * @throws RowhouseError INVALID_SETTINGS without `tokens`
   */
  jwks(): JwksDocument {
    return { keys: this.#require().keys.map(publicPart) };
  }

  #require(): ParsedTokenSettings {
    if (this.#parts.tokens !== undefined) return this.#parts.tokens;
    throw new RowhouseError("INVALID_SETTINGS", "There are no tokens without keys to sign them: set `tokens`.");
  }
}
