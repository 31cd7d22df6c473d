"use client";

import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/design/field";
import { buttonIconClass } from "@/design/icon-button";
import { TextInput } from "@/design/text-input";

interface InlineEditProps {
  label: string;
  value: string;
  /** The stored name: saving it again changes nothing and needs no server. */
  unchanged: string;
  error?: string | undefined;
  onSave: (value: string) => void;
  onCancel: () => void;
}

/** A name under change, in its place. Enter saves, Escape leaves it as it was. */
export function InlineEdit({ label, value, unchanged, error, onSave, onCancel }: InlineEditProps) {
  const t = useTranslations("design");
  const [text, setText] = useState(value);
  return (
    <form
      noValidate
      className="flex min-w-0 grow items-start gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === unchanged) onCancel();
        else onSave(text.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <div className="min-w-0 grow">
        <Field label={label} error={error} hideLabel>
          {(control) => (
            // The person asked for this very field a moment ago, so the focus belongs here.
            <TextInput
              {...control}
              autoFocus
              value={text}
              onFocus={(event) => event.target.select()}
              onChange={(event) => setText(event.target.value)}
              autoComplete="off"
            />
          )}
        </Field>
      </div>
      <button type="submit" aria-label={t("save")} className={buttonIconClass}>
        <Check aria-hidden className="size-4" />
      </button>
      <button type="button" aria-label={t("cancel")} onClick={onCancel} className={buttonIconClass}>
        <X aria-hidden className="size-4" />
      </button>
    </form>
  );
}
