"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { buttonIconClass } from "@/design/icon-button";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The button that opens it, and gets the focus back. */
  trigger?: ReactNode;
  /** Gets the focus back where nothing in the dialog's own tree opened it. */
  returnFocus?: RefObject<HTMLElement | null>;
  title: string;
  description?: string;
  children: ReactNode;
}

export const overlayClass = "fixed inset-0 z-40 animate-appear bg-shade";
export const panelClass =
  "fixed inset-x-4 top-[12vh] z-50 mx-auto max-h-[80dvh] max-w-md animate-appear overflow-y-auto rounded-2xl border border-line bg-raised p-5 shadow-float md:p-6";

/** A modal dialog with a title. Focus stays inside and goes back to where it was. */
export function Dialog({ open, onOpenChange, trigger, returnFocus, title, description, children }: DialogProps) {
  const t = useTranslations("design");
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger === undefined ? null : <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={overlayClass} />
        <Radix.Content
          className={panelClass}
          {...(description ? {} : { "aria-describedby": undefined })}
          onCloseAutoFocus={(event) => {
            if (returnFocus === undefined) return;
            event.preventDefault();
            returnFocus.current?.focus();
          }}
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <div className="grid gap-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description ? <Radix.Description className="text-muted">{description}</Radix.Description> : null}
            </div>
            <Radix.Close aria-label={t("close")} className={`${buttonIconClass} -me-2 -mt-1`}>
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
