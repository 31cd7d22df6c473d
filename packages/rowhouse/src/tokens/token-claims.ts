import { jwtVerify, SignJWT } from "jose";
import { v4 as uuidv4, validate as isUuid } from "uuid";
import { badCredential } from "../api-keys/authenticate-api-key.ts";
import type { ParsedTokenSettings } from "../settings.ts";

/** Whom a token stands for, and in which organization. What they may do there is never read from it. */
export interface TokenClaims {
  readonly userId: string;
  readonly organizationId: string;
}

export interface SignedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Of its own, so that no other token that the same keys sign can stand in for one of these. */
const type = "rowhouse+jwt";
const algorithm = "EdDSA";

/** Signs with the first of the keys. */
export async function signToken(settings: ParsedTokenSettings, claims: TokenClaims): Promise<SignedToken> {
  const { issuer, audience, keys, ttlSeconds } = settings;
  const { kid, ...key } = keys[0];
  const now = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({ org: claims.organizationId })
    .setProtectedHeader({ alg: algorithm, typ: type, kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(claims.userId)
    .setJti(uuidv4())
    .setIssuedAt(now)
    .setExpirationTime(now + ttlSeconds)
    .sign(key);
  return { token, expiresAt: new Date((now + ttlSeconds) * 1000) };
}

/**
 * The algorithm, the type, the key's name, the issuer and the audience must be ours, whatever the token itself says of them.
 *
 * @throws RowhouseError UNAUTHENTICATED
 */
export async function verifyToken(settings: ParsedTokenSettings, token: string): Promise<TokenClaims> {
  const { issuer, audience, keys, ttlSeconds } = settings;
  const findKey = ({ kid }: { readonly kid?: string }) => {
    const found = keys.find((key) => key.kid === kid);
    if (found === undefined) throw badCredential();
    return publicPart(found);
  };
  const options = { algorithms: [algorithm], typ: type, issuer, audience, maxTokenAge: ttlSeconds, clockTolerance: 5 };
  const { payload } = await jwtVerify(token, findKey, { ...options, requiredClaims: ["exp", "jti"] }).catch(
    (error: unknown) => {
      throw badCredential(error);
    },
  );
  const { sub, org } = payload;
  if (!isUuid(sub) || !isUuid(org)) throw badCredential();
  return { userId: String(sub), organizationId: String(org) };
}

/** A key without the part that signs. */
export function publicPart({ kty, crv, kid, x }: ParsedTokenSettings["keys"][number]) {
  return { kty, crv, kid, x, alg: algorithm, use: "sig" };
}
