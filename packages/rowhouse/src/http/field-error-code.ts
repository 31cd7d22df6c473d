import type { z } from "zod";
import { fieldErrorCodes, type FieldErrorCode } from "../errors.ts";

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
