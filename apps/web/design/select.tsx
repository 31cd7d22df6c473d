import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "@/design/class-names";
import { controlClass } from "@/design/text-input";

/** The platform's own select: right on a phone, with a keyboard and for a screen reader. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <div className={classNames("relative", className)}>
      <select {...rest} className={classNames(controlClass, "appearance-none pe-9")} />
      <ChevronDown aria-hidden className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-muted" />
    </div>
  );
}
