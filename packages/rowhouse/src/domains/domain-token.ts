import { createHash, randomBytes } from "node:crypto";
import { RowhouseError } from "../errors.ts";

/** 256 random bits, as 43 characters for a URL. */
export function newDomainToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * What is kept of a token: random, so a plain hash suffices.
 *
 * @throws RowhouseError NOT_FOUND for text that cannot be a token, as for a token of nobody's
 */
export function hashDomainToken(token: unknown): Buffer {
  if (typeof token !== "string" || !/^[A-Za-z0-9_-]{43}$/.test(token)) throw unknownDomainToken();
  return createHash("sha256").update(token).digest();
}

export function unknownDomainToken(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "This link is not known here. A newer mail replaces an older one.");
}
