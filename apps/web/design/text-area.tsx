import type { ComponentProps } from "react";
import { classNames } from "@/design/class-names";
import { controlClass } from "@/design/text-input";

/** Several lines of text. */
export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} className={classNames(controlClass, "h-auto! min-h-20 py-2", className)} />;
}
