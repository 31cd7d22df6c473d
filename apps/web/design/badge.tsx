import type { ReactNode } from "react";
import { classNames } from "@/design/class-names";

/** A word about the thing beside it. Its tone only helps: the word itself says what is so. */
export function Badge({ tone = "neutral", children }: { tone?: "neutral" | "accent" | "danger"; children: ReactNode }) {
  return (
    <span
      className={classNames(
        "inline-flex h-5 shrink-0 items-center rounded-full px-2 text-xs font-medium whitespace-nowrap",
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}

const tones = {
  neutral: "bg-subtle text-muted",
  accent: "bg-accent-soft text-accent",
  danger: "bg-danger-soft text-danger",
};
