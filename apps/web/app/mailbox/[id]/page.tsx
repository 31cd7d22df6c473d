import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { CardSection } from "@/design/card";
import { TextLink } from "@/identity-forms/identity-frame";
import { linksIn } from "@/mail/links-in";
import { MailboxFrame } from "@/mail/mailbox-frame";
import { readMailboxMail } from "@/mail/read-mailbox";

/** Nothing of the mail: titles end up in histories. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailbox"))("mail"), robots: { index: false, follow: false } };
}

/** One mail as its reader would have seen it, and what is in it to click. */
export default async function MailboxMailPage({ params }: PageProps<"/mailbox/[id]">) {
  const { recipient, subject, html, text, createdAt } = await readMailboxMail((await params).id);
  const t = await getTranslations("mailbox");
  const format = await getFormatter();
  const date = format.dateTime(createdAt, { dateStyle: "medium", timeStyle: "short" });
  const links = linksIn(text);
  return (
    <MailboxFrame
      title={subject}
      description={<span className="[overflow-wrap:anywhere]">{t("to", { recipient, date })}</span>}
      above={<TextLink href="/mailbox">{t("back")}</TextLink>}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {links.length === 0 ? null : (
          <CardSection title={t("links")}>
            <ul className="grid gap-2 p-4 md:px-5">
              {links.map((url) => (
                <li key={url}>
                  {/* No Link: it would ask for the page before anybody clicks. */}
                  <a dir="ltr" href={url} className="font-medium break-all text-accent underline underline-offset-2">
                    {url}
                  </a>
                </li>
              ))}
            </ul>
          </CardSection>
        )}
        <CardSection title={t("asSeen")}>
          {/* No scripts, no forms and an origin of its own; links open beside it, when they are clicked. */}
          <iframe
            title={t("asSeen")}
            srcDoc={html}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            className="h-[34rem] w-full rounded-b-xl"
          />
        </CardSection>
        <CardSection title={t("asText")}>
          <p dir="auto" className="p-4 font-mono text-sm [overflow-wrap:anywhere] whitespace-pre-wrap md:px-5">
            {text}
          </p>
        </CardSection>
      </div>
    </MailboxFrame>
  );
}
