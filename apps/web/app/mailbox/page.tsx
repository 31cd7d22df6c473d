import { Mail } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { Card } from "@/design/card";
import { EmptyState } from "@/design/empty-state";
import { Row, Rows } from "@/design/rows";
import { MailboxFrame } from "@/mail/mailbox-frame";
import { listMailbox, type MailboxEntry } from "@/mail/read-mailbox";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailbox"))("title"), robots: { index: false, follow: false } };
}

/** What would have been sent, the newest first. */
export default async function MailboxPage() {
  const mails = await listMailbox();
  const t = await getTranslations("mailbox");
  return (
    <MailboxFrame title={t("title")} description={t("description")}>
      {mails.length === 0 ? (
        <Card>
          <EmptyState icon={Mail} title={t("empty.title")}>
            {t("empty.text")}
          </EmptyState>
        </Card>
      ) : (
        <Rows label={t("list")}>
          {mails.map((mail) => (
            <Row key={mail.id}>
              <MailSummary mail={mail} />
            </Row>
          ))}
        </Rows>
      )}
    </MailboxFrame>
  );
}

async function MailSummary({ mail: { id, recipient, subject, createdAt } }: { mail: MailboxEntry }) {
  const format = await getFormatter();
  return (
    <div className="min-w-0">
      <Link
        href={`/mailbox/${id}`}
        prefetch={false}
        className="font-medium [overflow-wrap:anywhere] hover:underline focus-visible:underline"
      >
        {subject}
      </Link>
      <p className="flex flex-wrap gap-x-3 text-sm text-muted">
        <span className="[overflow-wrap:anywhere]">{recipient}</span>
        <time dateTime={createdAt.toISOString()}>
          {format.dateTime(createdAt, { dateStyle: "medium", timeStyle: "short" })}
        </time>
      </p>
    </div>
  );
}
