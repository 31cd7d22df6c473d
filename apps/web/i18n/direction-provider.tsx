"use client";

import { Direction } from "radix-ui";
import type { ReactNode } from "react";

/** Tells menus and other floating parts where lines begin: their arrow keys and their alignment follow it. */
export function DirectionProvider({ direction, children }: { direction: "ltr" | "rtl"; children: ReactNode }) {
  return <Direction.Provider dir={direction}>{children}</Direction.Provider>;
}
