import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { RowhouseError } from "../errors.ts";

const algorithm = "aes-256-gcm";
const version = "v1.";
const nonceBytes = 12;
const tagBytes = 16;

/** One secret, or the current one followed by those that were used before it: texts sealed with any of them are opened. */
export type Secrets = string | readonly string[];

/**
 * Encrypts texts that lie in the database and are nobody's to read there. Each is bound to the place it was made for: moved to
 * another row, organization or job it does not open.
 */
export class Seal {
  readonly #keys: readonly Buffer[];

  /** @throws RowhouseError INVALID_SETTINGS for a secret of less than 32 characters */
  constructor(secrets: Secrets, purpose: string) {
    const all = typeof secrets === "string" ? [secrets] : secrets;
    if (all.length === 0 || all.some((secret) => secret.length < 32)) {
      throw new RowhouseError("INVALID_SETTINGS", "A secret to seal with needs at least 32 random characters.");
    }
    this.#keys = all.map((secret) => Buffer.from(hkdfSync("sha256", secret, "", `rowhouse ${purpose}`, 32)));
  }

  close(text: string, boundTo: readonly string[]): string {
    const [key] = this.#keys;
    if (key === undefined) throw new RowhouseError("INTERNAL", "A seal has no key.");
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(place(boundTo));
    const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return version + sealed.toString("base64url");
  }

  /** @throws RowhouseError SEAL_BROKEN */
  open(sealed: string, boundTo: readonly string[]): string {
    const bytes = sealed.startsWith(version) ? Buffer.from(sealed.slice(version.length), "base64url") : Buffer.alloc(0);
    if (bytes.length >= nonceBytes + tagBytes) {
      for (const key of this.#keys) {
        const text = tryOpen(key, bytes, boundTo);
        if (text !== undefined) return text;
      }
    }
    throw new RowhouseError(
      "SEAL_BROKEN",
      "A sealed text does not open: it was changed or moved, or it was sealed with a secret that is not among the settings.",
    );
  }
}

function tryOpen(key: Buffer, bytes: Buffer, boundTo: readonly string[]): string | undefined {
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(place(boundTo));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const text = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
  try {
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return undefined; // the tag does not fit: the caller tries the next key, and refuses after the last
  }
}

/** JSON, so that no two lists give the same bytes. */
function place(boundTo: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(boundTo), "utf8");
}
