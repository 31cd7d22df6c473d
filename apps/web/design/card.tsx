import type { ReactNode } from "react";
import { classNames } from "@/design/class-names";

/** A sheet of paper on the page. */
export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={classNames("rounded-xl border border-line bg-surface shadow-card", className)}>{children}</div>
  );
}

/** A card that is a section with a heading. */
export function CardSection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="flex flex-col rounded-xl border border-line bg-surface shadow-card">
      <div className="flex min-h-12 items-center justify-between gap-4 border-b border-line px-4 md:px-5">
        <h2 className="font-semibold">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
