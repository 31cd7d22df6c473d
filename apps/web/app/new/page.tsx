import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { JoinableOrganizations } from "@/domains/joinable-organizations";
import { ClientMessages } from "@/i18n/client-messages";
import { ConfirmAddressBanner } from "@/identity-forms/confirm-address-banner";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import { CreateOrganizationForm } from "@/organizations/create-organization-form";
import { requireUser } from "@/tenancy/session";
import { tenancy } from "@/tenancy/tenancy";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("organizations"))("createTitle") };
}

export default async function NewOrganizationPage() {
  const user = await requireUser();
  const t = await getTranslations("organizations");
  const joinable = await tenancy().domains.findJoinable({ user });
  return (
    <>
      <ConfirmAddressBanner user={user} />
      <IdentityFrame
        title={t("createTitle")}
        description={t("createText")}
        below={<TextLink href="/">{t("backToStart")}</TextLink>}
      >
        <ClientMessages features={["organizations", "domains"]}>
          {joinable.length === 0 ? null : <JoinableOrganizations joinable={joinable} />}
          <CreateOrganizationForm />
        </ClientMessages>
      </IdentityFrame>
    </>
  );
}
