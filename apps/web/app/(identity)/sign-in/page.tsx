import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { firstParameter } from "@/design/first-parameter";
import { ClientMessages } from "@/i18n/client-messages";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import { leaveIfSignedIn } from "@/identity/leave-if-signed-in";
import { SignInForm } from "@/identity-forms/sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("identity"))("signIn") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const next = firstParameter((await searchParams).next) ?? "";
  await leaveIfSignedIn(next);
  const t = await getTranslations("identity");
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
      <ClientMessages features={["identity"]}>
        <SignInForm next={next} />
      </ClientMessages>
    </IdentityFrame>
  );
}
