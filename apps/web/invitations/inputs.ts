import { roles } from "rowhouse";
import { z } from "zod";
import { id } from "@/tenancy/parse-input";

const role = z.enum(roles, "Choose a role.");

/** What is pasted is taken apart, line by line, by the library. */
export const invitePeopleInput = z.strictObject({
  addresses: z
    .string("Enter an e-mail address.")
    .max(200_000, "This is too much at once. Invite at most 500 people.")
    .refine((text) => text.trim() !== "", "Enter an e-mail address."),
  role,
});

const optionalNumber = z.preprocess(
  (text) => (typeof text === "string" && text.trim() === "" ? undefined : text),
  z.coerce.number("Enter a whole number.").optional(),
);

/** Bounds are the library's to say. */
export const linkInput = z.strictObject({
  role: role.exclude(["owner"], "Choose admin, member or viewer."),
  useLimit: optionalNumber,
  expiresInDays: z.coerce.number("Choose how long it is valid."),
  allowedDomain: z
    .string()
    .max(300, "Enter a domain such as example.com.")
    .transform((text) => text.trim() || undefined)
    .optional(),
});

export const invitationInput = z.strictObject({ id });
