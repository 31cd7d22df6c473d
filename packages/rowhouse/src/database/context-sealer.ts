import { createHmac } from "node:crypto";
import { validate as isUuid } from "uuid";
import { RowhouseError } from "../errors.ts";
import type { Context } from "./context.ts";
import { deriveSealKey, type SealKey } from "./seal-key.ts";

interface KeptSeal {
  readonly text: string;
  readonly renewAt: number;
}

/**
 * Seals contexts, so that SQL which was injected into the application cannot name another organization: it has no key. A seal
 * is made once for a context and kept for half of its life.
 */
export class ContextSealer {
  readonly #key: SealKey;
  readonly #ttlMs: number;
  readonly #kept = new WeakMap<Context, KeptSeal>();

  /** @throws RowhouseError INVALID_SETTINGS for a secret of less than 32 characters */
  constructor({ key, ttlSeconds }: { readonly key: string; readonly ttlSeconds: number }) {
    this.#key = deriveSealKey(key);
    this.#ttlMs = ttlSeconds * 1000;
  }

  /**
   * Empty for a context that shows nothing.
   *
   * @throws RowhouseError INVALID_VALUE for an organization or a user that is no uuid
   */
  seal(context: Context): string {
    const kept = this.#kept.get(context);
    const now = Date.now();
    if (kept !== undefined && now < kept.renewAt) return kept.text;
    const text = this.#make(context, now);
    this.#kept.set(context, { text, renewAt: now + this.#ttlMs / 2 });
    return text;
  }

  #make({ organizationId, userId, actor = "", role = "", addressDomain = "" }: Context, now: number): string {
    if (organizationId === "" && userId === "" && addressDomain === "") return "";
    const expiry = Math.ceil((now + this.#ttlMs) / 1000);
    // No claim can hold a bar, so no two contexts are written alike; what is hashed is the very text that is read.
    const claims = [
      "v1",
      this.#key.id,
      String(expiry),
      toId(organizationId),
      toId(userId),
      toHex(actor),
      toWord(role),
      toHex(addressDomain),
    ].join("|");
    return `${createHmac("sha256", this.#key.key).update(claims).digest("hex")}|${claims}`;
  }
}

function toId(value: string): string {
  if (value === "" || isUuid(value)) return value;
  throw new RowhouseError("INVALID_VALUE", "The context names an organization or a user that is no uuid.");
}

function toWord(value: string): string {
  if (/^[a-z-]*$/.test(value)) return value;
  throw new RowhouseError("INVALID_VALUE", "The context names a role that is no word of small letters.");
}

function toHex(value: string): string {
  return Buffer.from(value, "utf8").toString("hex");
}
