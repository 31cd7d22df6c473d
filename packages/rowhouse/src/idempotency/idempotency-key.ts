import { createHash } from "node:crypto";
import { RowhouseError } from "../errors.ts";
import { textErrorCode } from "../field-error-code.ts";

/**
 * The value of an Idempotency-Key header: 1 to 200 printable ASCII characters, in quotes as the draft (-07) has it or without,
 * as most clients send it.
 *
 * @throws RowhouseError INVALID_INPUT
 */
export function parseIdempotencyKey(value: unknown): string {
  const text = typeof value === "string" ? value.trim() : "";
  const key = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(text)?.[1]?.replace(/\\(.)/g, "$1") ?? text;
  if (/^[\x20-\x7e]{1,200}$/.test(key)) return key;
  const message = "Use 1 to 200 printable ASCII characters, such as a random UUID.";
  throw new RowhouseError("INVALID_INPUT", `The Idempotency-Key cannot be used: ${message}`, {
    fields: [{ field: "Idempotency-Key", message, code: textErrorCode(key.length, 200) }],
  });
}

/** What a request asks for. Two with the same hash ask for the same. */
export function hashIdempotentRequest(request: {
  readonly method: string;
  /** Path and query, as received. */
  readonly target: string;
  /** The body's bytes or text as received. */
  readonly body: string | Uint8Array;
}): Buffer {
  const { method, target, body } = request;
  // The line end cannot come in method or target, so no two requests give the same bytes.
  return createHash("sha256").update(`${method} ${target}\n`).update(body).digest();
}
