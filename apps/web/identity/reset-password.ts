import { setTimeout as sleep } from "node:timers/promises";
import type { Language } from "@/i18n/language";
import { queueIdentityMail } from "@/mail/identity-outbox";
import { webSettings } from "@/settings";
import { tenancy } from "@/tenancy/tenancy";
import { hashPassword } from "./create-user";
import { identities } from "./identities";
import { deadLink, findMailLink, sendMailLink, takeMailLink } from "./mail-link";

interface ResetRequest {
  readonly email: string;
  /** Where it comes from, as far as that is known. */
  readonly ip: string | undefined;
  readonly language: Language;
}

interface PasswordReset {
  readonly token: string;
  readonly password: string;
  readonly language: Language;
}

const purpose = "reset-password";

/** An office shares one address; a mailbox belongs to one person, who should not be flooded. */
const fromOneAddress = { name: "password-reset-origin", limit: 20, windowSeconds: 900 };
const forOneMailbox = { name: "password-reset-mailbox", limit: 3, windowSeconds: 900 };

/** Rows take a few milliseconds to write, where there is an account. The answer comes when either is long over. */
const answerAfterMs = 500;

/**
 * Sends a link by which the account's password can be chosen anew. Whether there is an account is not to be told from the
 * answer, nor from its time.
 *
 * @throws RowhouseError TOO_MANY_REQUESTS
 */
export async function requestPasswordReset({ email, ip, language }: ResetRequest): Promise<void> {
  const { rateLimits } = tenancy();
  if (ip !== undefined) await rateLimits.limit(fromOneAddress, ip);
  await rateLimits.limit(forOneMailbox, email);
  const sent = identities()
    .transaction()
    .execute((db) => sendMailLink(db, { purpose, email, language }));
  await Promise.all([sent, sleep(answerAfterMs)]);
}

/** Whether the link of a mail can be used still. */
export async function isResetOpen(token: string): Promise<boolean> {
  return (await findMailLink(identities(), { purpose, token })) !== undefined;
}

/**
 * Sets the password of the account that the link was sent to, and ends all of its sessions. Whoever has the link reads the
 * mailbox, so the address counts as confirmed from now on.
 *
 * @throws RowhouseError NOT_FOUND
 */
export async function resetPassword({ token, password, language }: PasswordReset): Promise<void> {
  // Asked again in the transaction; here it spares made-up tokens the hashing.
  if (!(await isResetOpen(token))) throw deadLink();
  const passwordHash = await hashPassword(password);
  await identities()
    .transaction()
    .execute(async (db) => {
      const { userId, email } = await takeMailLink(db, { purpose, token });
      const { numUpdatedRows } = await db
        .updateTable("auth.accounts")
        .set({ password: passwordHash })
        .where("userId", "=", userId)
        .where("providerId", "=", "credential")
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new TypeError(`A user has ${numUpdatedRows} passwords; expected one.`);
      await db.updateTable("auth.users").set({ emailVerified: true }).where("id", "=", userId).execute();
      await db.deleteFrom("auth.mailLinks").where("userId", "=", userId).execute();
      await db.deleteFrom("auth.sessions").where("userId", "=", userId).execute();
      const url = new URL("/forgot-password", webSettings().publicUrl).href;
      await queueIdentityMail(db, { to: email, template: "password-changed", data: { url }, locale: language });
    });
}
