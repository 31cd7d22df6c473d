import { isRowhouseError, type Organization, type RequestOrigin } from "rowhouse";
import type { Language } from "@/i18n/language";
import { asTakenAddress, createUser, hashPassword } from "@/identity/create-user";
import type { IdentityDatabase } from "@/identity/database";
import { signUpInput } from "@/identity/inputs";
import { parseInput } from "@/tenancy/parse-input";
import { tenancy } from "@/tenancy/tenancy";

interface InvitedSignUp {
  readonly token: string;
  /** A name and a password, and an address for a link that has none. */
  readonly form: Readonly<Record<string, unknown>>;
  readonly origin: RequestOrigin;
  readonly language: Language;
}

const withoutOrganization = signUpInput.omit({ organization: true });

/**
 * User, password and membership in one transaction, without an organization of their own. The address of an invitation by
 * mail is fixed; what the form says about it is not read.
 *
 * @throws RowhouseError NOT_FOUND, GONE, INVALID_INPUT, WRONG_ACCOUNT, MEMBER_LIMIT, CONFLICT for an address with an account
 */
export async function signUpByInvitation({
  token,
  form,
  origin,
  language,
}: InvitedSignUp): Promise<{ email: string; password: string; organization: Organization }> {
  // Asked again in the transaction; here it spares strangers' tokens the hashing.
  const invited = await tenancy().invitations.preview(token);
  const input = parseInput(withoutOrganization, { ...form, email: invited.email ?? form.email });
  const passwordHash = await hashPassword(input.password);
  try {
    const { organization } = await tenancy().invitations.signUp<IdentityDatabase>(
      { token, origin },
      async (db, { email, emailVerified }) =>
        createUser(db, { name: input.name, email: email ?? input.email, emailVerified, passwordHash, language }),
    );
    return { email: input.email, password: input.password, organization };
  } catch (error) {
    if (isRowhouseError(error, "CONFLICT") && error.constraint === "users_email_key") throw asTakenAddress(error);
    throw error;
  }
}
