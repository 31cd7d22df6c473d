import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { TextLink } from "@/identity-forms/identity-frame";
import { isMailboxOpen } from "@/mail/is-mailbox-open";

/** Says where mails are found while none go out. Stands wherever a mail is said to be sent; with mail set up it is not there. */
export async function MailboxNote() {
  if (!isMailboxOpen(await headers())) return null;
  const t = await getTranslations("mailbox");
  return (
    <p className="text-sm text-muted">
      {t("notSetUp")} <TextLink href="/mailbox">{t("open")}</TextLink>
    </p>
  );
}
