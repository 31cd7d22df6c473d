import type { Metadata } from "next";
import { leaveIfSignedIn } from "@/identity/leave-if-signed-in";
import { LandingPage } from "@/landing/landing-page";

export const metadata: Metadata = { title: { absolute: "Rowhouse: projects and tasks, organization by organization" } };

export default async function StartPage() {
  await leaveIfSignedIn();
  return <LandingPage />;
}
