"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { buttonIconClass } from "@/design/icon-button";
import { Menu, MenuChoice, MenuChoices } from "@/design/menu";
import { parseTheme, type Theme, themeCookie } from "@/design/theme";

/** Chooses light, dark or the device's setting; at once, and remembered for a year. */
export function ThemeToggle({ side = "bottom" }: { side?: "top" | "bottom" }) {
  const t = useTranslations("design");
  const [theme, setTheme] = useState<Theme>("system");
  return (
    <Menu
      side={side}
      onOpenChange={() => setTheme(parseTheme(document.documentElement.dataset.theme))}
      trigger={
        <button type="button" aria-label={t("theme")} className={buttonIconClass}>
          <Sun aria-hidden className="size-4" />
        </button>
      }
    >
      <MenuChoices value={theme} onValueChange={(value) => chooseTheme(parseTheme(value))}>
        <MenuChoice value="system">
          <Monitor aria-hidden className="size-4 text-muted" /> {t("themeSystem")}
        </MenuChoice>
        <MenuChoice value="light">
          <Sun aria-hidden className="size-4 text-muted" /> {t("themeLight")}
        </MenuChoice>
        <MenuChoice value="dark">
          <Moon aria-hidden className="size-4 text-muted" /> {t("themeDark")}
        </MenuChoice>
      </MenuChoices>
    </Menu>
  );
}

function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
}
