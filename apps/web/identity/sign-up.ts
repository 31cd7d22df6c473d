import { isRowhouseError, RowhouseError, type Organization } from "rowhouse";
import type { Language } from "@/i18n/language";
import { tenancy } from "@/tenancy/tenancy";
import { asTakenAddress, createUser, hashPassword } from "./create-user";
import type { IdentityDatabase } from "./database";
import type { SignUpInput } from "./inputs";

interface SignUpOptions {
  readonly language: Language;
  /** For an address that was proven in another way. Default: a mail asks to confirm it. */
  readonly emailVerified?: boolean;
}

/**
 * User, password, organization, slug and owner's membership in one transaction.
 *
 * @throws RowhouseError CONFLICT for an address that has an account, SLUG_UNUSABLE
 */
export async function signUp(
  input: SignUpInput,
  { language, emailVerified = false }: SignUpOptions,
): Promise<Organization & { readonly ownerId: string }> {
  const { name, email } = input;
  const passwordHash = await hashPassword(input.password);
  try {
    const { organization, userId } = await tenancy().signUp<IdentityDatabase>(
      { organizationName: input.organization },
      async (db) => createUser(db, { name, email, emailVerified, passwordHash, language }),
    );
    return { ...organization, ownerId: userId };
  } catch (error) {
    throw inFormWords(error);
  }
}

/** The library speaks of a name; the form calls it the organization. */
function inFormWords(error: unknown): unknown {
  if (isRowhouseError(error, "CONFLICT") && error.constraint === "users_email_key") return asTakenAddress(error);
  if (!isRowhouseError(error) || !error.fields.some(({ field }) => field === "name")) return error;
  const fields = error.fields.map((error) => ({ ...error, field: "organization" }));
  return new RowhouseError(error.code, error.message, { cause: error, fields });
}
