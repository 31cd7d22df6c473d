import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import { leaveIfSignedIn } from "@/identity/leave-if-signed-in";
import { SignUpForm } from "@/identity-forms/sign-up-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("identity"))("createAnAccount") };
}

export default async function SignUpPage() {
  await leaveIfSignedIn();
  const t = await getTranslations("identity");
  return (
    <IdentityFrame
      title={t("createYourAccount")}
      description={t("signUpText")}
      below={
        <>
          {t("haveAccount")} <TextLink href="/sign-in">{t("signIn")}</TextLink>
        </>
      }
    >
      <ClientMessages features={["identity"]}>
        <SignUpForm />
      </ClientMessages>
    </IdentityFrame>
  );
}
