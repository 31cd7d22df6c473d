import { validate as isUuid } from "uuid";
import { isRole, roles, type Role } from "../access/roles.ts";
import { RowhouseError, type FieldErrorCode } from "../errors.ts";
import { textErrorCode } from "../field-error-code.ts";

/** @throws RowhouseError INVALID_INPUT */
export function parseRole(value: unknown): Role {
  if (isRole(value)) return value;
  throw invalid("role", `Choose one of ${roles.join(", ")}.`, "NOT_A_CHOICE");
}

/**
 * The id of a person to add.
 *
 * @throws RowhouseError INVALID_INPUT
 */
export function parseUserId(value: unknown): string {
  if (isUuid(value)) return String(value).toLowerCase();
  throw invalid("userId", "This is no user's id.", "WRONG_FORM");
}

/**
 * The id of a member, from an address: what is no id is nobody's.
 *
 * @throws RowhouseError NOT_FOUND
 */
export function parseMemberId(value: unknown): string {
  if (isUuid(value)) return String(value).toLowerCase();
  throw memberNotFound();
}

/**
 * Why, for the audit log; blank is none.
 *
 * @throws RowhouseError INVALID_INPUT
 */
export function parseReason(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string" || value.trim().length > 1000) {
    const code = typeof value === "string" ? "TOO_LONG" : "WRONG_FORM";
    throw invalid("reason", "Use text of at most 1,000 characters.", code);
  }
  return value.trim() === "" ? undefined : value.trim();
}

/** A name or an address that a list shows: one line without control characters. */
export function parseLine(value: unknown, field: "name" | "email", longest: number): string {
  const text = typeof value === "string" ? value.normalize("NFC").trim().replace(/\s+/gu, " ") : undefined;
  if (text !== undefined && text.length <= longest && !/[\p{Cc}\p{Cs}]/u.test(text)) return text;
  throw invalid(field, `Use one line of at most ${longest} characters.`, textErrorCode(text?.length ?? 0, longest));
}

export function memberNotFound(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such member in the organization.");
}

function invalid(field: string, message: string, code: FieldErrorCode): RowhouseError {
  return new RowhouseError("INVALID_INPUT", `${field}: ${message}`, { fields: [{ field, message, code }] });
}
