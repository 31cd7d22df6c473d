"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/design/button";
import { Field } from "@/design/field";
import { TextInput } from "@/design/text-input";

interface CopyFieldProps {
  label: string;
  hint?: string;
  value: string;
  copyLabel: string;
  copiedLabel: string;
}

/** A text to take along. Where the browser keeps the clipboard to itself, it is selected, to be copied by hand. */
export function CopyField({ label, hint, value, copyLabel, copiedLabel }: CopyFieldProps) {
  const [copied, setCopied] = useState(false);
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <div className="flex gap-2">
          <TextInput {...control} readOnly dir="ltr" value={value} onFocus={(event) => event.target.select()} />
          <Button
            onClick={() =>
              void navigator.clipboard.writeText(value).then(
                () => setCopied(true),
                () => document.getElementById(control.id)?.focus(),
              )
            }
          >
            {copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
            <span aria-live="polite">{copied ? copiedLabel : copyLabel}</span>
          </Button>
        </div>
      )}
    </Field>
  );
}
