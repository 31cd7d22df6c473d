"use client";

import { LogOut } from "lucide-react";
import { startTransition } from "react";
import { Avatar } from "@/design/avatar";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/design/menu";
import { signOut } from "@/identity/actions";
import type { Viewer } from "@/tenancy/viewer";

/** Who is signed in, and the way out. */
export function UserMenu({ user }: { user: Viewer["user"] }) {
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
          <span className="sr-only">Account: </span>
          <span className="truncate font-medium">{user.name}</span>
        </button>
      }
    >
      <MenuLabel>
        Signed in as
        <span className="block max-w-60 truncate text-sm text-ink">{user.email}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuItem onSelect={() => startTransition(() => signOut())}>
        <LogOut aria-hidden className="size-4 text-muted rtl:-scale-x-100" /> Sign out
      </MenuItem>
    </Menu>
  );
}
