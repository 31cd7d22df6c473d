import type { z } from "zod";
import { RowhouseError, type FieldError } from "../errors.ts";
import { fieldErrorCode, toFieldError } from "../field-error-code.ts";

/** @throws RowhouseError INVALID_INPUT with a message and a code for each field that is wrong */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => fieldErrors(issue, input)).reverse();
  throw new RowhouseError("INVALID_INPUT", "Correct the marked fields and try again.", {
    fields: [...new Map(errors.map((error) => [error.field, error])).values()],
  });
}

function fieldErrors(issue: z.core.$ZodIssue, input: unknown): FieldError[] {
  if (issue.code !== "unrecognized_keys") return [toFieldError(issue, input, "input")];
  const code = fieldErrorCode(issue, input);
  // A name that is sent back must be fit to be shown wherever a field's name is.
  return issue.keys.map((key) => ({
    field: /^[\w-]{1,64}$/.test(key) ? key : "(unknown)",
    message: "There is no such field. Leave it out.",
    code,
  }));
}
