import type { z } from "zod";
import { RowhouseError } from "../errors.ts";

/** @throws RowhouseError INVALID_INPUT with a message for each field that is wrong */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = new Map(result.error.issues.flatMap(fieldsOf).reverse());
  throw new RowhouseError("INVALID_INPUT", "Correct the marked fields and try again.", {
    fields: [...fields].map(([field, message]) => ({ field, message })),
  });
}

function fieldsOf(issue: z.core.$ZodIssue): (readonly [field: string, message: string])[] {
  if (issue.code !== "unrecognized_keys") return [[issue.path.join(".") || "input", issue.message]];
  // A name that is sent back must be fit to be shown wherever a field's name is.
  return issue.keys.map((key) => [
    /^[\w-]{1,64}$/.test(key) ? key : "(unknown)",
    "There is no such field. Leave it out.",
  ]);
}
