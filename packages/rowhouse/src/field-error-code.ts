import type { z } from "zod";
import { fieldErrorCodes, type FieldError, type FieldErrorCode } from "./errors.ts";

/** An issue of a schema with the field where it lies, or `whole` where that is the input itself. */
export function toFieldError(issue: z.core.$ZodIssue, input: unknown, whole: string): FieldError {
  return { field: issue.path.join(".") || whole, message: issue.message, code: fieldErrorCode(issue, input) };
}

/** What an issue means to whoever sent the input. A refinement may name its code: `{ params: { code: "TOO_LONG" } }`. */
export function fieldErrorCode(issue: z.core.$ZodIssue, input: unknown): FieldErrorCode {
  if (issue.code === "unrecognized_keys") return "UNKNOWN_FIELD";
  if (isMissing(valueAt(input, issue.path))) return "REQUIRED";
  switch (issue.code) {
    case "too_small":
      return tooLittle[issue.origin] ?? "TOO_SMALL";
    case "too_big":
      return tooMuch[issue.origin] ?? "TOO_LARGE";
    case "invalid_value":
      return "NOT_A_CHOICE";
    case "custom":
      return fieldErrorCodes.find((code) => code === issue.params?.code) ?? "WRONG_FORM";
    default:
      return "WRONG_FORM";
  }
}

/** What is wrong with a text of this many characters that should have one to `longest`, or holds what it must not. */
export function textErrorCode(length: number, longest: number): FieldErrorCode {
  if (length === 0) return "REQUIRED";
  return length > longest ? "TOO_LONG" : "WRONG_FORM";
}

/** What is wrong with a number that should be whole, at least one, and not as large as this. */
export function countErrorCode(value: unknown): FieldErrorCode {
  if (!Number.isInteger(value)) return "WRONG_FORM";
  return Number(value) < 1 ? "TOO_SMALL" : "TOO_LARGE";
}

const tooLittle: Readonly<Record<string, FieldErrorCode>> = { string: "TOO_SHORT", array: "TOO_FEW", set: "TOO_FEW" };
const tooMuch: Readonly<Record<string, FieldErrorCode>> = { string: "TOO_LONG", array: "TOO_MANY", set: "TOO_MANY" };

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}
