import type { Metadata } from "next";
import { firstParameter } from "@/design/first-parameter";
import { IdentityFrame, TextLink } from "@/identity-forms/identity-frame";
import { leaveIfSignedIn } from "@/identity/leave-if-signed-in";
import { SignInForm } from "@/identity-forms/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const next = firstParameter((await searchParams).next) ?? "";
  await leaveIfSignedIn(next);
  return (
    <IdentityFrame
      title="Sign in"
      description={next === "" ? "Good to see you again." : "Sign in to go on to the page you asked for."}
      below={
        <>
          New here? <TextLink href="/sign-up">Create an account</TextLink>
        </>
      }
    >
      <SignInForm next={next} />
    </IdentityFrame>
  );
}
