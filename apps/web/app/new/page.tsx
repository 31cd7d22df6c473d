import type { Metadata } from "next";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import { CreateOrganizationForm } from "@/organizations/create-organization-form";
import { requireUser } from "@/tenancy/session";

export const metadata: Metadata = { title: "Create an organization" };

export default async function NewOrganizationPage() {
  await requireUser();
  return (
    <IdentityFrame
      title="Create an organization"
      description="A separate place with its own people, projects and tasks. You become its owner."
      below={<TextLink href="/">Back to the start page</TextLink>}
    >
      <CreateOrganizationForm />
    </IdentityFrame>
  );
}
