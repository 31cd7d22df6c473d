import { sql, type Transaction } from "kysely";
import {
  claimedMail,
  failedMail,
  isDueMail,
  isOldMail,
  RowhouseError,
  sentMail,
  type ClaimedMail,
  type MailInput,
  type MailStore,
} from "rowhouse";
import { v7 as uuidv7 } from "uuid";
import type { IdentityDatabase } from "../identity/database.ts";
import { identities } from "../identity/identities.ts";
import type { MailData } from "./mail-templates.ts";
import { mail } from "./mail.ts";

/** What the sealed data of these mails is bound to, where others are bound to an organization. */
const place = "identity";

type IdentityMail = Extract<
  MailInput<MailData>,
  { readonly template: "verify-address" | "reset-password" | "password-changed" }
>;

/**
 * Queues a mail about an account with the transaction of its cause; such a mail belongs to no organization. An address
 * without an account gets none: the statements are the same, so that their time does not tell which addresses have one.
 */
export async function queueIdentityMail(db: Transaction<IdentityDatabase>, input: IdentityMail): Promise<void> {
  const id = uuidv7();
  const { recipient, template, data } = mail().seal(input, [place, id]);
  await db
    .insertInto("auth.mail")
    .columns(["id", "recipient", "template", "data"])
    .expression(
      db
        .selectFrom("auth.users")
        .where("email", "=", recipient)
        .select((value) => [
          sql<string>`${id}::uuid`.as("id"),
          "email as recipient",
          value.val(template).as("template"),
          value.val(data).as("data"),
        ]),
    )
    .execute();
  await db
    .selectFrom("auth.mail")
    .select(sql`auth.enqueue_mail(id)`.as("queued"))
    .where("id", "=", id)
    .execute();
}

/** The outbox of mails about accounts. */
export class IdentityOutbox implements MailStore {
  readonly place = place;

  async claim(id: string, leaseSeconds: number): Promise<ClaimedMail | "busy" | "done"> {
    const claimed = await identities()
      .updateTable("auth.mail")
      .set(claimedMail(leaseSeconds))
      .where("id", "=", id)
      .where(isDueMail)
      .returning(["recipient", "template", "data", "attempts"])
      .executeTakeFirst();
    if (claimed !== undefined) return claimed;
    const row = await identities().selectFrom("auth.mail").select("status").where("id", "=", id).executeTakeFirst();
    return row?.status === "waiting" ? "busy" : "done";
  }

  async markSent(id: string): Promise<void> {
    await identities().updateTable("auth.mail").set(sentMail).where("id", "=", id).execute();
  }

  async markFailed(id: string, failure: { error: string; retryInSeconds: number | null }): Promise<void> {
    await identities().updateTable("auth.mail").set(failedMail(failure)).where("id", "=", id).execute();
  }
}

/** Removes mail about accounts that was sent or given up, when `pruneMail` removes that of organizations. */
export async function pruneIdentityMail(): Promise<void> {
  await identities().deleteFrom("auth.mail").where(isOldMail).execute();
}

/** The id that the queue holds for a mail of this outbox. */
export function parseIdentityJob(payload: unknown): string {
  const id = typeof payload === "object" && payload !== null && "id" in payload ? payload.id : undefined;
  if (typeof id === "string") return id;
  throw new RowhouseError("INVALID_VALUE", "A job for a mail about an account came without the mail's id.");
}
