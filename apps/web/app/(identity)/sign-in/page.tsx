import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { firstParameter } from "@/design/first-parameter";
import { ClientMessages } from "@/i18n/client-messages";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import { leaveIfSignedIn } from "@/identity/leave-if-signed-in";
import { MailboxNote } from "@/mail/mailbox-note";
import { SignInForm } from "@/identity-forms/sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("identity"))("signIn") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next: asked, reset } = await searchParams;
  const next = firstParameter(asked) ?? "";
  await leaveIfSignedIn(next);
  const t = await getTranslations("identity");
  const mail = await getTranslations("identity-mail");
  return (
    <IdentityFrame
      title={t("signIn")}
      description={t(next === "" ? "welcomeBack" : "signInToGoOn")}
      below={
        <>
          {t("newHere")} <TextLink href="/sign-up">{t("createAnAccount")}</TextLink>
        </>
      }
    >
      <div className="grid gap-4">
        {reset === undefined ? null : (
          <p role="status" className="rounded-lg bg-subtle px-3 py-2.5">
            {mail("passwordChanged")}
          </p>
        )}
        <ClientMessages features={["identity"]}>
          <SignInForm next={next} />
        </ClientMessages>
        <p>
          <TextLink href="/forgot-password">{mail("forgotPassword")}</TextLink>
        </p>
        <MailboxNote />
      </div>
    </IdentityFrame>
  );
}
