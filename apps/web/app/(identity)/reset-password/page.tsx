import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/design/button";
import { firstParameter } from "@/design/first-parameter";
import { ClientMessages } from "@/i18n/client-messages";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import { ResetPasswordForm } from "@/identity-forms/reset-password-form";
import { isResetOpen } from "@/identity/reset-password";

/** The address holds the token. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("identity-mail.reset");
  return { title: t("title"), robots: { index: false, follow: false }, referrer: "strict-origin" };
}

export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  const token = firstParameter((await searchParams).token) ?? "";
  const t = await getTranslations("identity-mail.reset");
  if (!(await isResetOpen(token))) {
    return (
      <IdentityFrame
        title={t("deadTitle")}
        description={t("deadText")}
        below={<TextLink href="/sign-in">{t("back")}</TextLink>}
      >
        <ButtonLink href="/forgot-password" variant="primary" className="w-full">
          {t("again")}
        </ButtonLink>
      </IdentityFrame>
    );
  }
  return (
    <IdentityFrame
      title={t("title")}
      description={t("text")}
      below={<TextLink href="/forgot-password">{t("again")}</TextLink>}
    >
      <ClientMessages features={["identity", "identity-mail"]}>
        <ResetPasswordForm token={token} />
      </ClientMessages>
    </IdentityFrame>
  );
}
