"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "@/design/class-names";

interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom";
  onOpenChange?: (open: boolean) => void;
}

export const floatClass = "z-50 animate-appear rounded-xl border border-line bg-raised p-1 text-ink shadow-float";

/** A menu that opens from a button. It is not modal, so the page neither jumps nor locks. */
export function Menu({ trigger, children, align = "end", side = "bottom", ...rest }: MenuProps) {
  return (
    <Radix.Root modal={false} {...rest}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={classNames(floatClass, "min-w-44")}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** One thing to do. `tone="danger"` also wants a label that says so: colour alone tells nothing. */
export function MenuItem({ tone, className, ...rest }: ComponentProps<typeof Radix.Item> & { tone?: "danger" }) {
  return <Radix.Item {...rest} className={classNames(itemClass, tone === "danger" && "text-danger", className)} />;
}

/** One of several choices. */
export function MenuChoice({ children, className, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem {...rest} className={classNames(itemClass, "pe-8", className)}>
      {children}
      <Radix.ItemIndicator className="absolute end-2.5">
        <Check aria-hidden className="size-4" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export const MenuChoices = Radix.RadioGroup;

export function MenuLabel(props: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label {...props} className="px-2.5 py-1.5 text-xs text-muted" />;
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}

const itemClass =
  "relative flex min-h-9 items-center gap-2.5 rounded-lg px-2.5 py-1.5 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover md:min-h-8";
