import { notFound } from "next/navigation";
import type { IdentityDatabase } from "@/identity/database";
import { webSettings } from "@/settings";
import { tenancy } from "@/tenancy/tenancy";

export interface MailboxEntry {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly createdAt: Date;
}

export interface MailboxMail extends MailboxEntry {
  readonly html: string;
  readonly text: string;
}

/** The newest mails that would have gone out. 404 wherever mail really goes out, or where others could read along. */
export async function listMailbox(): Promise<MailboxEntry[]> {
  return mailbox()
    .selectFrom("auth.mailbox")
    .select(["id", "recipient", "subject", "createdAt"])
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(100)
    .execute();
}

export async function readMailboxMail(id: string): Promise<MailboxMail> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  const found = isId
    ? await mailbox().selectFrom("auth.mailbox").selectAll().where("id", "=", id).executeTakeFirst()
    : undefined;
  return found ?? notFound();
}

function mailbox() {
  if (webSettings().mail?.kind !== "mailbox") notFound();
  return tenancy().identityDatabase<IdentityDatabase>();
}
