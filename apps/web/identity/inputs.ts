import { z } from "zod";
import { lineOfText } from "@/tenancy/parse-input";

/**
 * Lower case, as it is kept. Addresses with characters that look like others are refused by the library's rule, which
 * looks before the change of case: that would make a plain k of the Kelvin sign.
 */
const email = z
  .string("Enter your e-mail address.")
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .min(1, "Enter your e-mail address.")
      .max(254, "Use at most 254 characters.")
      .pipe(z.email("Enter an e-mail address such as ada@example.com.")),
  )
  .transform((text) => text.toLowerCase());

const newPassword = z
  .string("Choose a password.")
  .min(10, "Use at least 10 characters.")
  .max(128, "Use at most 128 characters.")
  .refine((text) => !text.includes("\0"), "Remove the characters that cannot be shown.");

export const signUpInput = z.strictObject({
  name: lineOfText("your name", 100),
  email,
  password: newPassword,
  organization: lineOfText("your organization's name", 100),
});

export const signInInput = z.strictObject({
  email,
  password: z.string("Enter your password.").min(1, "Enter your password.").max(1000, "Enter your password."),
});

/** Out of the link in a mail. In a body: addresses are written to logs, and a token is a secret. */
const token = z.string("Give the token of the link.").max(200, "This is no token of a link.");

export const passwordResetRequestInput = z.strictObject({ email });
export const passwordResetInput = z.strictObject({ token, password: newPassword });
export const addressVerificationInput = z.strictObject({ token });

export type SignUpInput = z.output<typeof signUpInput>;
export type SignInInput = z.output<typeof signInInput>;
