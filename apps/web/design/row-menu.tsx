"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Ref } from "react";
import { buttonIconClass } from "@/design/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/design/menu";

interface RowMenuProps {
  label: string;
  onRename: (() => void) | undefined;
  onDelete: (() => void) | undefined;
  disabled?: boolean;
  /** Takes the focus back after an inline edit that took the place of this menu. */
  autoFocus?: boolean;
  /** The button that opens the menu. */
  buttonRef?: Ref<HTMLButtonElement>;
}

/** What can be done with a row; nothing is drawn for someone who can do nothing. */
export function RowMenu({ label, onRename, onDelete, disabled = false, autoFocus = false, buttonRef }: RowMenuProps) {
  const t = useTranslations("design");
  if (!onRename && !onDelete) return null;
  return (
    <Menu
      trigger={
        <button
          ref={buttonRef}
          type="button"
          aria-label={label}
          disabled={disabled}
          autoFocus={autoFocus}
          className={buttonIconClass}
        >
          <Ellipsis aria-hidden className="size-4" />
        </button>
      }
    >
      {onRename ? (
        <MenuItem onSelect={onRename}>
          <Pencil aria-hidden className="size-4 text-muted" /> {t("rename")}
        </MenuItem>
      ) : null}
      {onRename && onDelete ? <MenuSeparator /> : null}
      {onDelete ? (
        <MenuItem tone="danger" onSelect={onDelete}>
          <Trash2 aria-hidden className="size-4" /> {t("delete")}
        </MenuItem>
      ) : null}
    </Menu>
  );
}
