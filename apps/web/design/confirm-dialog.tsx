"use client";

import { useTranslations } from "next-intl";
import { AlertDialog } from "radix-ui";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { Button } from "@/design/button";
import { overlayClass, panelClass } from "@/design/dialog";
import { Field } from "@/design/field";
import { TextInput } from "@/design/text-input";

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  /** When set, the person types this name first: for what cannot be taken back. */
  typedName?: string;
  /** Gets the focus back: nothing in the dialog's own tree opened it. */
  returnFocus: RefObject<HTMLElement | null>;
  onConfirm: () => void;
}

/** Asks before something is destroyed. Enter in the name field confirms, Escape leaves. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  confirmLabel,
  typedName,
  returnFocus,
  onConfirm,
}: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlayClass} />
        <AlertDialog.Content
          className={panelClass}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus.current?.focus();
          }}
        >
          <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1 text-muted">{children}</div>
          </AlertDialog.Description>
          <ConfirmForm
            typedName={typedName}
            confirmLabel={confirmLabel}
            onConfirm={() => {
              onOpenChange(false);
              onConfirm();
            }}
          />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Lives only while the dialog is open, so each opening starts with an empty name. */
function ConfirmForm({
  typedName,
  confirmLabel,
  onConfirm,
}: {
  typedName: string | undefined;
  confirmLabel: string;
  onConfirm: () => void;
}) {
  const t = useTranslations("design");
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string>();
  function confirm() {
    if (typedName !== undefined && typed.trim() !== typedName.trim()) {
      setError(t("notTheName"));
      input.current?.focus();
    } else onConfirm();
  }
  return (
    <form
      noValidate
      className="mt-4 grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        confirm();
      }}
    >
      {typedName === undefined ? null : (
        <Field label={t("typeToConfirm", { name: typedName })} error={error}>
          {(control) => (
            <TextInput
              {...control}
              ref={input}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <AlertDialog.Cancel asChild>
          <Button>{t("cancel")}</Button>
        </AlertDialog.Cancel>
        <Button type="submit" variant="danger">
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
