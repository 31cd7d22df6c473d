"use client";

import { Languages } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonIconClass } from "@/design/icon-button";
import { Menu } from "@/design/menu";
import { LanguageChoices } from "./language-choices";

/** Chooses the language, for those who are not signed in; all others find it in their menu. */
export function LanguageMenu() {
  const t = useTranslations("design");
  return (
    <Menu
      trigger={
        <button type="button" aria-label={t("language")} className={buttonIconClass}>
          <Languages aria-hidden className="size-4" />
        </button>
      }
    >
      <LanguageChoices />
    </Menu>
  );
}
