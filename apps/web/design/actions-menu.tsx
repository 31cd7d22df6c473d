"use client";

import { Ellipsis } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { buttonIconClass } from "@/design/icon-button";
import { Menu } from "@/design/menu";

export interface ActionsMenuProps {
  /** The button's name: of what these are the actions. */
  label: string;
  disabled?: boolean;
  /** Takes the focus back after an inline edit that took the place of this menu. */
  autoFocus?: boolean;
  /** The button that opens the menu. */
  buttonRef?: Ref<HTMLButtonElement> | undefined;
  children: ReactNode;
}

/** The menu at the end of a row, behind a button with three dots. */
export function ActionsMenu({ label, disabled = false, autoFocus = false, buttonRef, children }: ActionsMenuProps) {
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
      {children}
    </Menu>
  );
}

/** Stands where a row has no menu, so that its columns stay in line with those of its neighbours. */
export function ActionsGap() {
  return <span aria-hidden className="size-9 shrink-0 md:size-8" />;
}
