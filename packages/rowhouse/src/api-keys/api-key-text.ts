import { createHash, randomBytes } from "node:crypto";

/** How every key begins, so that people and secret scanners know one when they see it. */
export const apiKeyMark = "rhk_";

/** What the text of a key says. */
export interface ApiKeyClaim {
  /** Only a claim, until the secret was found in that organization. */
  readonly organizationId: string;
  readonly secretHash: Buffer;
}

export interface ApiKeyText {
  readonly key: string;
  /** What may be shown again. */
  readonly prefix: string;
  readonly secretHash: Buffer;
}

/**
 * A new key: `rhk_`, the organization's id without hyphens, `_`, and 256 random bits as 43 characters. It names its
 * organization so that it is looked for in that organization alone, under row security, and nowhere else.
 */
export function newApiKeyText(organizationId: string): ApiKeyText {
  const secret = randomBytes(32).toString("base64url");
  return {
    key: `${apiKeyMark}${organizationId.replaceAll("-", "")}_${secret}`,
    prefix: `${apiKeyMark}…${secret.slice(0, 6)}`,
    secretHash: hashSecret(secret),
  };
}

const form = /^rhk_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** `undefined` for text that is no key's. */
export function parseApiKeyText(text: string): ApiKeyClaim | undefined {
  const match = form.exec(text);
  const secret = match?.[6];
  if (match === null || secret === undefined) return undefined;
  return { organizationId: match.slice(1, 6).join("-"), secretHash: hashSecret(secret) };
}

/**
 * What is kept of a secret. It is 256 random bits, so nobody tries them out and a slow hash would protect nothing. It is
 * found by the hash: how long the index takes to compare may tell of the hash, and from a hash there is no way back.
 */
function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
