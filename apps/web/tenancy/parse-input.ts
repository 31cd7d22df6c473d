import { RowhouseError } from "rowhouse";
import { z } from "zod";

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

/**
 * Text of one line from a person: normalized, trimmed, inner white space to single spaces, no control characters,
 * 1 to `longest` characters.
 */
export function lineOfText(label: string, longest: number) {
  return (
    z
      .string(`Enter ${label}.`)
      .max(100_000, `Use at most ${longest} characters.`)
      .transform((text) => text.normalize("NFC").trim().replace(/\s+/gu, " "))
      // Letters, digits, punctuation or signs: white space alone, and characters without a shape, are as good as nothing.
      .refine((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), `Enter ${label}.`)
      .refine((text) => [...text].length <= longest, `Use at most ${longest} characters.`)
      .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "Remove the characters that cannot be shown.")
  );
}

/** An id out of an address or a body. One that is no uuid is as unknown as any other. */
export const id = z.uuid("There is no such thing here.");
