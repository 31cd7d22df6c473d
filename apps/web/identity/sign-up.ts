import pLimit from "p-limit";
import { kyselyAdapter } from "@better-auth/kysely-adapter";
import { runWithAdapter } from "@better-auth/core/context";
import { isRowhouseError, RowhouseError, type Organization } from "rowhouse";
import { tenancy } from "@/tenancy/tenancy";
import { auth } from "./auth";
import type { SignUpInput } from "./inputs";

/** Hashing fills a core on purpose. A burst of sign-ups waits for its turn here, so that new connections do not starve. */
const hashing = pLimit(2);

/**
 * User, password, organization, slug and owner's membership in one transaction. The password is hashed before it begins:
 * that is slow on purpose, and no connection waits for it.
 *
 * @throws RowhouseError CONFLICT for an address that has an account, SLUG_UNUSABLE
 */
export async function signUp(input: SignUpInput): Promise<Organization & { readonly ownerId: string }> {
  const { options, password, internalAdapter } = await auth().$context;
  const hash = await hashing(() => password.hash(input.password));
  try {
    const { organization, userId } = await tenancy().signUp({ organizationName: input.organization }, async (db) => {
      const adapter = kyselyAdapter(db.withSchema("auth"), { type: "postgres" })(options);
      return runWithAdapter(adapter, async () => {
        const user = await internalAdapter.createUser(
          { name: input.name, email: input.email, emailVerified: false },
          { method: "email-password" },
        );
        await internalAdapter.linkAccount({
          userId: user.id,
          providerId: "credential",
          accountId: user.id,
          password: hash,
        });
        return { id: user.id, name: user.name, email: user.email };
      });
    });
    return { ...organization, ownerId: userId };
  } catch (error) {
    throw inFormWords(error);
  }
}

/** The library speaks of a name; the form calls it the organization. */
function inFormWords(error: unknown): unknown {
  if (isRowhouseError(error, "CONFLICT") && error.constraint === "users_email_key") {
    const message = "There is an account with this address. Sign in instead.";
    return new RowhouseError("CONFLICT", message, { cause: error, fields: [{ field: "email", message }] });
  }
  if (!isRowhouseError(error) || !error.fields.some(({ field }) => field === "name")) return error;
  const fields = error.fields.map(({ message }) => ({ field: "organization", message }));
  return new RowhouseError(error.code, error.message, { cause: error, fields });
}
