"use server";

import { cookies } from "next/headers";
import { webSettings } from "@/settings";
import { languageCookie, parseLanguage } from "./language";

const year = 365 * 24 * 3600;

/** Remembers a language for a year; what is none of ours is passed over. The page is drawn anew by the same answer. */
export async function chooseLanguage(value: string): Promise<void> {
  const language = parseLanguage(value);
  if (language === undefined) return;
  (await cookies()).set(languageCookie, language, {
    path: "/",
    maxAge: year,
    sameSite: "lax",
    secure: webSettings().secureCookies,
  });
}
