import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { SendAgainButton } from "@/identity-forms/send-again-button";
import { MailboxNote } from "@/mail/mailbox-note";
import type { SessionUser } from "@/tenancy/session";

/** Asks whoever has not done so to confirm their address; for all others it is not there. */
export async function ConfirmAddressBanner({ user: { email, emailVerified } }: { user: SessionUser }) {
  if (emailVerified) return null;
  const t = await getTranslations("identity-mail.banner");
  return (
    <section aria-label={t("title")} className="border-b border-line bg-subtle px-4 py-2.5 md:px-8">
      <div className="mx-auto flex max-w-5xl flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 text-sm [overflow-wrap:anywhere]">
          <p>
            <strong className="font-medium">{t("title")}</strong> {t("text", { email })}
          </p>
          <MailboxNote />
        </div>
        <ClientMessages features={["identity-mail"]}>
          <SendAgainButton email={email} />
        </ClientMessages>
      </div>
    </section>
  );
}
