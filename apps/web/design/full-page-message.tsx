import type { ReactNode } from "react";
import { Logo } from "@/design/logo";

interface FullPageMessageProps {
  title: string;
  action: ReactNode;
  /** `div` where a frame around it is the main landmark already. */
  as?: "main" | "div";
  children: ReactNode;
}

/** A page that says one thing. */
export function FullPageMessage({ title, action, as: Element = "main", children }: FullPageMessageProps) {
  return (
    <Element className="grid min-h-[70dvh] place-items-center px-6 py-16">
      <div className="flex max-w-md flex-col items-center text-center">
        <Logo className="mb-5 size-10" />
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-2 mb-6 text-muted">{children}</p>
        {action}
      </div>
    </Element>
  );
}
