import type { ReactNode } from "react";

/** A word about the thing beside it. */
export function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex h-5 items-center rounded-full bg-subtle px-2 text-xs font-medium text-muted">
      {children}
    </span>
  );
}
