import { createHash, hkdfSync } from "node:crypto";
import { RowhouseError } from "../errors.ts";

/** A key as both sides of a sealed context need it. */
export interface SealKey {
  /** Names the key in a seal; tells nothing of it. */
  readonly id: string;
  readonly key: Buffer;
}

/** HMAC's two blocks (RFC 2104): what the database keeps, so that to check a seal it only hashes. */
export interface SealBlocks {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const blockBytes = 64;

/**
 * The key of a secret, for this purpose alone: the same secret may serve others.
 *
 * @throws RowhouseError INVALID_SETTINGS for a secret of less than 32 characters
 */
export function deriveSealKey(secret: string): SealKey {
  if (secret.length < 32) {
    throw new RowhouseError(
      "INVALID_SETTINGS",
      `A secret to seal with needs at least 32 random characters; it has ${secret.length}.`,
    );
  }
  const key = Buffer.from(hkdfSync("sha256", secret, "", "rowhouse sealed context", 32));
  return { id: createHash("sha256").update(key).digest("hex").slice(0, 16), key };
}

/** RFC 2104, for any length of key. */
export function toSealBlocks(key: Buffer): SealBlocks {
  const block = Buffer.alloc(blockBytes);
  (key.length > blockBytes ? createHash("sha256").update(key).digest() : key).copy(block);
  return { inner: block.map((byte) => byte ^ 0x36), outer: block.map((byte) => byte ^ 0x5c) } as SealBlocks;
}
