import pLimit from "p-limit";
import { kyselyAdapter } from "@better-auth/kysely-adapter";
import { runWithAdapter } from "@better-auth/core/context";
import type { Transaction } from "kysely";
import { RowhouseError } from "rowhouse";
import type { Language } from "@/i18n/language";
import { auth } from "./auth";
import type { IdentityDatabase } from "./database";
import { sendMailLink } from "./mail-link";

export interface NewUser {
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly passwordHash: string;
  /** Of the mail that asks to confirm the address. */
  readonly language: Language;
}

/** Hashing fills a core on purpose. A burst of sign-ups waits for its turn here, so that new connections do not starve. */
const hashing = pLimit(2);

/** Before a transaction begins: it is slow on purpose, and no connection should wait for it. */
export async function hashPassword(password: string): Promise<string> {
  const context = await auth().$context;
  return hashing(() => context.password.hash(password));
}

/** Writes a user and their password within a transaction of somebody else, and the mail that asks to confirm the address. */
export async function createUser(
  db: Transaction<IdentityDatabase>,
  { name, email, emailVerified, passwordHash, language }: NewUser,
): Promise<{ id: string; name: string; email: string }> {
  const { options, internalAdapter } = await auth().$context;
  const adapter = kyselyAdapter(db.withSchema("auth"), { type: "postgres" })(options);
  const created = await runWithAdapter(adapter, async () => {
    const user = await internalAdapter.createUser({ name, email, emailVerified }, { method: "email-password" });
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: "credential",
      accountId: user.id,
      password: passwordHash,
    });
    return { id: user.id, name: user.name, email: user.email };
  });
  if (!emailVerified) await sendMailLink(db, { purpose: "verify-address", email: created.email, language });
  return created;
}

/** Says beside which field, when the address has an account. */
export function asTakenAddress(error: RowhouseError): RowhouseError {
  const message = "There is an account with this address. Sign in instead.";
  return new RowhouseError("CONFLICT", message, { cause: error, fields: [{ field: "email", message, code: "TAKEN" }] });
}
