import type { AuthenticatedKey } from "../api-keys/authenticate-api-key.ts";
import type { Identity } from "../settings.ts";
import type { TokenClaims } from "../tokens/token-claims.ts";

/**
 * Who a request is from: the user of a session, the bearer of a signed token (a user, in one organization), or of an API key (of
 * one organization).
 */
export type Caller =
  | ({ readonly kind: "session" } & Identity)
  | ({ readonly kind: "token" } & TokenClaims)
  | ({ readonly kind: "api-key" } & AuthenticatedKey);

/** One text a caller, for what is counted by caller. A user is the same one by session and by token. */
export function callerId(caller: Caller): string {
  return caller.kind === "api-key" ? `api-key:${caller.keyId}` : `user:${caller.userId}`;
}
