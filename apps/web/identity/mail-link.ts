import { createHash, randomBytes } from "node:crypto";
import { sql, type ExpressionBuilder, type Kysely, type Transaction } from "kysely";
import { RowhouseError } from "rowhouse";
import type { Language } from "@/i18n/language";
import { queueIdentityMail } from "@/mail/identity-outbox";
import { webSettings } from "@/settings";
import type { IdentityDatabase, MailLinkPurpose } from "./database";

interface NewMailLink {
  readonly purpose: MailLinkPurpose;
  readonly email: string;
  readonly language: Language;
}

interface FollowedMailLink {
  readonly purpose: MailLinkPurpose;
  readonly token: string;
}

/** Whose link it is, and the address that it was sent to. */
export interface MailLinkOwner {
  readonly userId: string;
  readonly email: string;
}

interface LinkAndUser {
  readonly link: IdentityDatabase["auth.mailLinks"];
  readonly user: IdentityDatabase["auth.users"];
}

const lifetimeSeconds: Readonly<Record<MailLinkPurpose, number>> = {
  "reset-password": 3600,
  "verify-address": 24 * 3600,
};

/**
 * Sends an account the link for a purpose; the one before it dies. The token is 256 random bits, which only the mail has.
 * For an address without an account the statements are the same and write nothing.
 */
export async function sendMailLink(
  db: Transaction<IdentityDatabase>,
  { purpose, email, language }: NewMailLink,
): Promise<void> {
  const token = randomBytes(32).toString("base64url");
  await db
    .insertInto("auth.mailLinks")
    .columns(["userId", "purpose", "email", "tokenHash", "expiresAt"])
    .expression(
      db
        .selectFrom("auth.users")
        .where("email", "=", email)
        .select((value) => [
          "id as userId",
          value.val(purpose).as("purpose"),
          "email",
          value.val(hashOf(token)).as("tokenHash"),
          sql<Date>`now() + make_interval(secs => ${lifetimeSeconds[purpose]})`.as("expiresAt"),
        ]),
    )
    .onConflict((conflict) =>
      conflict.columns(["userId", "purpose"]).doUpdateSet((row) => ({
        email: row.ref("excluded.email"),
        tokenHash: row.ref("excluded.tokenHash"),
        expiresAt: row.ref("excluded.expiresAt"),
      })),
    )
    .execute();
  const url = new URL(`/${purpose}`, webSettings().publicUrl);
  url.searchParams.set("token", token);
  await queueIdentityMail(db, { to: email, template: purpose, data: { url: url.href }, locale: language });
}

/** Whose link it is, while it can be used. Changes nothing: scanners of mails follow links. */
export async function findMailLink(
  db: Kysely<IdentityDatabase>,
  followed: FollowedMailLink,
): Promise<MailLinkOwner | undefined> {
  return db
    .selectFrom("auth.mailLinks as link")
    .innerJoin("auth.users as user", "user.id", "link.userId")
    .where(isUsable(followed))
    .select(["link.userId", "link.email"])
    .executeTakeFirst();
}

/**
 * Uses a link up. Of several at the same moment one gets it, as the row is gone for the others.
 *
 * @throws RowhouseError NOT_FOUND, the same for a link that was used, is too old, was replaced or never was
 */
export async function takeMailLink(
  db: Transaction<IdentityDatabase>,
  followed: FollowedMailLink,
): Promise<MailLinkOwner> {
  const taken = await db
    .deleteFrom("auth.mailLinks as link")
    .using("auth.users as user")
    .whereRef("user.id", "=", "link.userId")
    .where(isUsable(followed))
    .returning(["link.userId", "link.email"])
    .executeTakeFirst();
  if (taken === undefined) throw deadLink();
  return taken;
}

/** One answer for every reason, so that it tells none. */
export function deadLink(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "This link no longer works. Ask for a new one.");
}

/** True of the row of this link, while it is young enough and its account still has the address that it was sent to. */
function isUsable({ purpose, token }: FollowedMailLink) {
  return (eb: ExpressionBuilder<LinkAndUser, "link" | "user">) =>
    eb.and([
      eb("link.tokenHash", "=", hashOf(token)),
      eb("link.purpose", "=", purpose),
      eb("link.expiresAt", ">", sql<Date>`now()`),
      eb("user.email", "=", eb.ref("link.email")),
    ]);
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
