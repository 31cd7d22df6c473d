"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionsMenu, type ActionsMenuProps } from "@/design/actions-menu";
import { MenuItem, MenuSeparator } from "@/design/menu";

interface RowMenuProps extends Omit<ActionsMenuProps, "children"> {
  onRename: (() => void) | undefined;
  onDelete: (() => void) | undefined;
}

/** What can be done with a row; nothing is drawn for someone who can do nothing. */
export function RowMenu({ onRename, onDelete, ...button }: RowMenuProps) {
  const t = useTranslations("design");
  if (!onRename && !onDelete) return null;
  return (
    <ActionsMenu {...button}>
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
    </ActionsMenu>
  );
}
