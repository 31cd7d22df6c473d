"use client";

import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "@/design/button";

interface DialogFormProps {
  submitLabel: string;
  pending?: boolean;
  onSubmit: (form: FormData) => void;
  children: ReactNode;
}

/** The form of a dialog: its fields, a way out and a button that submits, once at a time. */
export function DialogForm({ submitLabel, pending = false, onSubmit, children }: DialogFormProps) {
  const t = useTranslations("design");
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) onSubmit(new FormData(event.currentTarget));
      }}
    >
      {children}
      <div className="flex flex-wrap justify-end gap-2">
        <Radix.Close asChild>
          <Button>{t("cancel")}</Button>
        </Radix.Close>
        <Button type="submit" variant="primary" pending={pending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
