import type { ReactNode } from "react";

/** A list of rows on a card. */
export function Rows({ label, busy = false, children }: { label: string; busy?: boolean; children: ReactNode }) {
  return (
    <ul
      aria-label={label}
      aria-busy={busy || undefined}
      className="divide-y divide-line rounded-xl border border-line bg-surface shadow-card"
    >
      {children}
    </ul>
  );
}

/** One row; `pending` says that the server has not confirmed it yet. */
export function Row({ pending = false, children }: { pending?: boolean; children: ReactNode }) {
  return (
    <li
      aria-busy={pending || undefined}
      className="flex min-h-14 items-center gap-3 px-3 py-2 transition-colors first:rounded-t-xl last:rounded-b-xl hover:bg-subtle md:px-4"
    >
      {children}
    </li>
  );
}
