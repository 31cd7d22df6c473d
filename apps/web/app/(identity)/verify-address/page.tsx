import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/design/button";
import { firstParameter } from "@/design/first-parameter";
import { ClientMessages } from "@/i18n/client-messages";
import { ConfirmAddressForm, SwitchAccountToConfirmForm } from "@/identity-forms/confirm-address-forms";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import { SendAgainButton } from "@/identity-forms/send-again-button";
import { readVerification } from "@/identity/verify-address";
import { MailboxNote } from "@/mail/mailbox-note";
import { requireUser, type SessionUser } from "@/tenancy/session";

/** The address holds the token. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("identity-mail.verify");
  return { title: t("title"), robots: { index: false, follow: false }, referrer: "strict-origin" };
}

export default async function VerifyAddressPage({ searchParams }: PageProps<"/verify-address">) {
  const token = firstParameter((await searchParams).token) ?? "";
  const user = await requireUser();
  const t = await getTranslations("identity-mail.verify");
  const link = await readVerification({ token, userId: user.id });
  const state = link === "dead" && user.emailVerified ? "done" : link;
  const words = {
    open: { title: t("title"), description: t("text") },
    done: { title: t("doneTitle"), description: t("doneText", { email: user.email }) },
    "another account": { title: t("otherTitle"), description: t("otherText", { email: user.email }) },
    dead: { title: t("deadTitle"), description: t("deadText") },
  };
  return (
    <IdentityFrame
      title={words[state].title}
      description={words[state].description}
      below={<TextLink href="/">{t("back")}</TextLink>}
    >
      <ClientMessages features={["identity-mail"]}>
        <WayOn state={state} token={token} user={user} />
      </ClientMessages>
    </IdentityFrame>
  );
}

interface WayOnProps {
  state: "open" | "done" | "another account" | "dead";
  token: string;
  user: SessionUser;
}

/** What there is to do about a link in this state. */
async function WayOn({ state, token, user: { email } }: WayOnProps) {
  const t = await getTranslations("identity-mail.verify");
  switch (state) {
    case "open":
      return (
        <div className="grid gap-3">
          <p className="font-medium [overflow-wrap:anywhere]">{email}</p>
          <ConfirmAddressForm token={token} />
        </div>
      );
    case "done":
      return (
        <ButtonLink href="/" variant="primary" className="w-full">
          {t("goOn")}
        </ButtonLink>
      );
    case "another account":
      return <SwitchAccountToConfirmForm token={token} />;
    case "dead":
      return (
        <div className="grid justify-items-start gap-3">
          <SendAgainButton email={email} />
          <MailboxNote />
        </div>
      );
  }
}
