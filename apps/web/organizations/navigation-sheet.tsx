"use client";

import { Menu, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { overlayClass } from "@/design/dialog";
import { buttonIconClass } from "@/design/icon-button";
import { Logo } from "@/design/logo";

/** The sidebar of a phone: it slides in and leaves when a place was chosen. */
export function NavigationSheet({ children }: { children: ReactNode }) {
  const t = useTranslations("organizations");
  const pathname = usePathname();
  const [openAt, setOpenAt] = useState<string | null>(null);
  return (
    // Open only for the page it was opened on: going elsewhere closes it.
    <Dialog.Root open={openAt === pathname} onOpenChange={(open) => setOpenAt(open ? pathname : null)}>
      <Dialog.Trigger aria-label={t("openNavigation")} className={`${buttonIconClass} -ms-1 size-10`}>
        <Menu aria-hidden className="size-5" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayClass} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 start-0 z-50 flex w-72 max-w-[85vw] animate-slide-in flex-col gap-3 border-e border-line bg-surface p-3 shadow-float"
        >
          <div className="flex h-10 items-center justify-between ps-1.5">
            <Dialog.Title className="flex items-center gap-2 font-semibold">
              <Logo className="size-6" />
              Rowhouse<span className="sr-only"> {t("navigation")}</span>
            </Dialog.Title>
            <Dialog.Close aria-label={t("closeNavigation")} className={buttonIconClass}>
              <X aria-hidden className="size-4" />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
