import type { Metadata } from "next";
import { LandingPage } from "@/landing/landing-page";

export const metadata: Metadata = { title: { absolute: "Rowhouse: projects and tasks, organization by organization" } };

export default function StartPage() {
  return <LandingPage />;
}
