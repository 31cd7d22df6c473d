import { sql } from "kysely";
import type { MailMessage, MailTransport } from "rowhouse";
import { identities } from "../identity/identities.ts";

const kept = 500;

/** Sends nothing: puts mails where the page /mailbox shows them. */
export class MailboxTransport implements MailTransport {
  async send({ id, to, subject, html, text }: MailMessage): Promise<void> {
    const db = identities();
    await db
      .insertInto("auth.mailbox")
      .values({ id, recipient: to, subject, html, text })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
    await db
      .deleteFrom("auth.mailbox")
      .where("id", "in", sql<string>`(select id from auth.mailbox order by created_at desc, id desc offset ${kept})`)
      .execute();
  }
}
