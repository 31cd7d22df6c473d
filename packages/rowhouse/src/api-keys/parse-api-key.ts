import { validate as isUuid } from "uuid";
import { RowhouseError, type FieldErrorCode } from "../errors.ts";
import { textErrorCode } from "../field-error-code.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { apiKeyNotFound } from "./api-key.ts";

/** @throws RowhouseError INVALID_INPUT */
export function parseApiKeyName(value: unknown): string {
  const name = typeof value === "string" ? value.normalize("NFC").trim().replace(/\s+/gu, " ") : "";
  const length = [...name].length;
  if (length >= 1 && length <= 100 && !/[\p{Cc}\p{Cs}]/u.test(name)) return name;
  const message = length === 0 ? "Enter a name." : "Use one line of at most 100 characters.";
  throw invalidApiKey("name", message, textErrorCode(length, 100));
}

/**
 * Each once, in the order of the table of permissions.
 *
 * @throws RowhouseError INVALID_INPUT for none or too many, FORBIDDEN for one that the caller does not have
 */
export function parseScopes<DB, P extends string>(tenant: Tenant<DB, P>, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > 500) {
    const code = Array.isArray(value) && value.length > 0 ? "TOO_MANY" : "TOO_FEW";
    throw invalidApiKey("scopes", "Choose at least one permission.", code);
  }
  const wanted = new Set<unknown>(value);
  const own = tenant.permissions();
  assertWithin(wanted, own);
  return own.filter((permission) => wanted.has(permission));
}

/** @throws RowhouseError FORBIDDEN when some of the scopes are not among the permissions */
export function assertWithin(scopes: Iterable<unknown>, permissions: readonly string[]): void {
  const beyond = [...scopes].filter((scope) => !permissions.some((permission) => permission === scope));
  if (beyond.length === 0) return;
  const message = `You do not have ${String(beyond[0]).slice(0, 100)} yourself, so you cannot give it to a key.`;
  throw new RowhouseError("FORBIDDEN", message, { fields: [{ field: "scopes", message, code: "NOT_ALLOWED" }] });
}

/** @throws RowhouseError INVALID_INPUT for a moment that has passed or is none */
export function parseExpiry(value: unknown): Date | null {
  if (value === undefined || value === null) return null;
  if (value instanceof Date && value.getTime() > Date.now() && value.getUTCFullYear() <= 9999) return value;
  throw invalidApiKey("expiresAt", "Choose a time to come.", value instanceof Date ? "IN_THE_PAST" : "WRONG_FORM");
}

/**
 * An id from an address: what is no id is nobody's.
 *
 * @throws RowhouseError NOT_FOUND
 */
export function parseApiKeyId(value: unknown): string {
  if (isUuid(value)) return String(value).toLowerCase();
  throw apiKeyNotFound();
}

export function invalidApiKey(field: string, message: string, code: FieldErrorCode): RowhouseError {
  return new RowhouseError("INVALID_INPUT", `${field}: ${message}`, { fields: [{ field, message, code }] });
}
