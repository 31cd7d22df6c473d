"use client";

import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { startTransition } from "react";
import { Avatar } from "@/design/avatar";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/design/menu";
import { LanguageChoices } from "@/i18n/language-choices";
import { signOut } from "@/identity/actions";
import type { SessionUser } from "@/tenancy/session";

/** Who is signed in, and the way out. */
export function UserMenu({ user }: { user: SessionUser }) {
  const t = useTranslations("organizations");
  return (
    <Menu
      align="start"
      side="top"
      trigger={
        <button
          type="button"
          className="flex min-h-10 min-w-0 grow items-center gap-2.5 rounded-lg px-2 py-1 text-start transition-colors hover:bg-hover data-[state=open]:bg-hover"
        >
          <Avatar name={user.name} size="small" />
          <span className="sr-only">{t("account")} </span>
          <span className="truncate font-medium">{user.name}</span>
        </button>
      }
    >
      <MenuLabel>
        {t("signedInAs")}
        <span className="block max-w-60 truncate text-sm text-ink">{user.email}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuLabel>{t("language")}</MenuLabel>
      <LanguageChoices />
      <MenuSeparator />
      <MenuItem onSelect={() => startTransition(() => signOut())}>
        <LogOut aria-hidden className="size-4 text-muted rtl:-scale-x-100" /> {t("signOut")}
      </MenuItem>
    </Menu>
  );
}
