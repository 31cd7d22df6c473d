import { validate as isUuid } from "uuid";
import { isRole } from "../access/roles.ts";
import { RowhouseError } from "../errors.ts";
import { textErrorCode } from "../field-error-code.ts";
import type { ServiceAccountRole } from "./service-account.ts";

/** @throws RowhouseError INVALID_INPUT */
export function parseServiceAccountName(value: unknown): string {
  const name = typeof value === "string" ? value.normalize("NFC").trim().replace(/\s+/gu, " ") : "";
  const length = [...name].length;
  if (length >= 1 && length <= 100 && !/[\p{Cc}\p{Cs}]/u.test(name)) return name;
  const message = length === 0 ? "Enter a name." : "Use one line of at most 100 characters.";
  throw new RowhouseError("INVALID_INPUT", `The service account's name cannot be used: ${message}`, {
    fields: [{ field: "name", message, code: textErrorCode(length, 100) }],
  });
}

/**
 * A machine is never an owner: ownership is a person's to answer for.
 *
 * @throws RowhouseError INVALID_INPUT
 */
export function parseServiceAccountRole(value: unknown): ServiceAccountRole {
  if (isRole(value) && value !== "owner") return value;
  throw new RowhouseError("INVALID_INPUT", "A service account's role is admin, member or viewer.", {
    fields: [{ field: "role", message: "Choose admin, member or viewer.", code: "NOT_A_CHOICE" }],
  });
}

/** @throws RowhouseError NOT_FOUND */
export function parseServiceAccountId(value: unknown): string {
  if (isUuid(value)) return String(value).toLowerCase();
  throw serviceAccountNotFound();
}

export function serviceAccountNotFound(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such service account in the organization.");
}
