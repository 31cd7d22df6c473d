"use client";

import type { LucideIcon } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/design/button";
import { Dialog } from "@/design/dialog";

interface DialogButtonProps {
  icon: LucideIcon;
  label: string;
  variant?: "primary" | "secondary";
  /** The dialog's; the button's label where there is none. */
  title?: string;
  description: string;
  /** Lives only while the dialog is open, so each opening starts afresh. */
  children: (close: () => void) => ReactNode;
}

/** A button and the dialog that it opens. */
export function DialogButton({ icon: Icon, label, variant = "primary", title = label, ...rest }: DialogButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant={variant}>
          <Icon aria-hidden className="size-4" />
          {label}
        </Button>
      }
      title={title}
      description={rest.description}
    >
      {rest.children(() => setOpen(false))}
    </Dialog>
  );
}
