import { Check } from "lucide-react";
import type { ComponentProps } from "react";

/** A native checkbox, drawn by us, with a target of 24 px. Give it a label or an `aria-label`. */
export function Checkbox(props: Omit<ComponentProps<"input">, "type" | "className">) {
  return (
    <span className="relative grid size-6 shrink-0 place-items-center">
      <input
        type="checkbox"
        {...props}
        className="peer absolute inset-0 cursor-pointer appearance-none rounded-md focus-visible:outline-offset-0 disabled:cursor-not-allowed forced-colors:appearance-auto"
      />
      <span
        aria-hidden
        className="pointer-events-none grid size-[18px] place-items-center rounded-[5px] border-[1.5px] border-control-line bg-surface text-transparent transition-colors peer-checked:border-accent-solid peer-checked:bg-accent-solid peer-checked:text-on-accent peer-hover:border-accent peer-disabled:opacity-60 forced-colors:hidden"
      >
        <Check className="size-3.5" strokeWidth={3} />
      </span>
    </span>
  );
}
