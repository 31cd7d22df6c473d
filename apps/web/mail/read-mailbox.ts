import type { Kysely } from "kysely";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import type { IdentityDatabase } from "@/identity/database";
import { identities } from "@/identity/identities";
import { isMailboxOpen } from "./is-mailbox-open";

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
  return (await openMailbox())
    .selectFrom("auth.mailbox")
    .select(["id", "recipient", "subject", "createdAt"])
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(100)
    .execute();
}

export async function readMailboxMail(id: string): Promise<MailboxMail> {
  const mailbox = await openMailbox();
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  const found = isId
    ? await mailbox.selectFrom("auth.mailbox").selectAll().where("id", "=", id).executeTakeFirst()
    : undefined;
  return found ?? notFound();
}

async function openMailbox(): Promise<Kysely<IdentityDatabase>> {
  if (!isMailboxOpen(await headers())) notFound();
  return identities();
}
