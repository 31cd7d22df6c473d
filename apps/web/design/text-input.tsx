import type { ComponentProps } from "react";
import { classNames } from "@/design/class-names";

/** The look of every control that takes text. 16 px on a phone, so that iOS does not zoom in. */
export const controlClass =
  "h-10 w-full rounded-lg border border-control-line bg-surface px-3 text-lg text-ink placeholder:text-muted md:h-9 md:text-base " +
  "focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-danger disabled:opacity-60";

/** One line of text. */
export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return <input type="text" {...rest} className={classNames(controlClass, className)} />;
}
