"use client";

import { useLocale } from "next-intl";
import { startTransition } from "react";
import { MenuChoice, MenuChoices } from "@/design/menu";
import { chooseLanguage } from "./actions";
import { languageNames, languages } from "./language";

/** The languages as choices of a menu; each is written, and read aloud, in itself. */
export function LanguageChoices() {
  return (
    <MenuChoices value={useLocale()} onValueChange={(value) => startTransition(() => chooseLanguage(value))}>
      {languages.map((language) => (
        <MenuChoice key={language} value={language} lang={language}>
          {languageNames[language]}
        </MenuChoice>
      ))}
    </MenuChoices>
  );
}
