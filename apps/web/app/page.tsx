import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { leaveIfSignedIn } from "@/identity/leave-if-signed-in";
import { LandingPage } from "@/landing/landing-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: { absolute: (await getTranslations("landing"))("pageTitle") } };
}

export default async function StartPage() {
  await leaveIfSignedIn();
  return <LandingPage />;
}
