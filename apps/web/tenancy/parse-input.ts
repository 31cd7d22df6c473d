import type { FieldErrorCode } from "rowhouse";
import { z } from "zod";

export { parseInput } from "rowhouse/http";

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
      .refine((text) => [...text].length <= longest, {
        message: `Use at most ${longest} characters.`,
        params: { code: "TOO_LONG" satisfies FieldErrorCode },
      })
      .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "Remove the characters that cannot be shown.")
  );
}

/** An id out of an address or a body. One that is no uuid is as unknown as any other. */
export const id = z.uuid("There is no such thing here.");
