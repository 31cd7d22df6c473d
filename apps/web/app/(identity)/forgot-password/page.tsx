import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { firstParameter } from "@/design/first-parameter";
import { ClientMessages } from "@/i18n/client-messages";
import { ForgotPasswordForm } from "@/identity-forms/forgot-password-form";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import { MailboxNote } from "@/mail/mailbox-note";

export async function generateMetadata({ searchParams }: PageProps<"/forgot-password">): Promise<Metadata> {
  const t = await getTranslations("identity-mail.forgot");
  return { title: t(isSent(await searchParams) ? "sentTitle" : "title") };
}

export default async function ForgotPasswordPage({ searchParams }: PageProps<"/forgot-password">) {
  const t = await getTranslations("identity-mail.forgot");
  const sent = isSent(await searchParams);
  return (
    <IdentityFrame
      title={t(sent ? "sentTitle" : "title")}
      description={t(sent ? "sentText" : "text")}
      below={<TextLink href="/sign-in">{t("back")}</TextLink>}
    >
      <div className="grid gap-4">
        {sent ? (
          <p>
            {t("nothingCame")} <TextLink href="/forgot-password">{t("tryAgain")}</TextLink>
          </p>
        ) : (
          <ClientMessages features={["identity", "identity-mail"]}>
            <ForgotPasswordForm />
          </ClientMessages>
        )}
        <MailboxNote />
      </div>
    </IdentityFrame>
  );
}

function isSent({ sent }: Awaited<PageProps<"/forgot-password">["searchParams"]>): boolean {
  return firstParameter(sent) !== undefined;
}
