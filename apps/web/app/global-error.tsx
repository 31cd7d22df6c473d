"use client";

import { NextIntlClientProvider } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import "./globals.css";
import { directionOf, type Language, languageCookie, languages, parseLanguage } from "@/i18n/language";
import german from "@/messages/de/errors.json";
import english from "@/messages/en/errors.json";
import ErrorPage from "./error";

const errors: Readonly<Record<Language, typeof english>> = { en: english, de: german };

/** Stands in when the root layout itself fails, so it brings the few texts that it needs. */
export default function GlobalErrorPage(props: { error: Error & { digest?: string }; retry: () => void }) {
  const language = useSyncExternalStore(nothingChanges, chosenLanguage, () => languages[0]);
  useEffect(() => {
    document.title = `${errors[language].failed} · Rowhouse`;
  }, [language]);
  return (
    <html lang={language} dir={directionOf(language)}>
      <body>
        <NextIntlClientProvider locale={language} timeZone="UTC" messages={{ errors: errors[language] }}>
          <ErrorPage {...props} />
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

function nothingChanges(): () => void {
  return () => undefined;
}

function chosenLanguage(): Language {
  const chosen = new RegExp(`(?:^|; )${languageCookie}=([^;]*)`).exec(document.cookie)?.[1];
  return parseLanguage(chosen) ?? parseLanguage(navigator.language.split("-")[0]) ?? languages[0];
}
