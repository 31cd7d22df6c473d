import type { Metadata } from "next";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import { leaveIfSignedIn } from "@/identity/leave-if-signed-in";
import { SignUpForm } from "@/identity-forms/sign-up-form";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage() {
  await leaveIfSignedIn();
  return (
    <IdentityFrame
      title="Create your account"
      description="You, and a first organization to work in."
      below={
        <>
          Already have an account? <TextLink href="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <SignUpForm passwordHint="At least 10 characters." />
    </IdentityFrame>
  );
}
