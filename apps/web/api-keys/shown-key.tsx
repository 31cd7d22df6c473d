"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { CopyField } from "@/design/copy-field";
import { DialogDone } from "@/design/dialog-done";

/** A key that can be seen this once. */
export function ShownKey({ text, onDone }: { text: string; onDone: () => void }) {
  const t = useTranslations("api-keys.shown");
  return (
    <div className="grid gap-4">
      <p role="alert" className="flex gap-2 rounded-lg bg-accent-soft px-3 py-2.5 text-accent">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t("warning")}
      </p>
      <CopyField label={t("key")} value={text} copyLabel={t("copy")} copiedLabel={t("copied")} />
      <DialogDone label={t("done")} onDone={onDone} />
    </div>
  );
}
