import { createHash, randomBytes } from "node:crypto";
import { invitationNotFound } from "./invitation.ts";

/** 256 random bits, as 43 characters for a URL. */
export function newInvitationToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * What is kept of a token. A token is random, so a plain hash suffices: there is nothing to guess.
 *
 * @throws RowhouseError NOT_FOUND for text that cannot be a token, as for a token of nobody's
 */
export function hashInvitationToken(token: string): Buffer {
  if (typeof token !== "string" || !/^[A-Za-z0-9_-]{43}$/.test(token)) throw invitationNotFound();
  return createHash("sha256").update(token).digest();
}
