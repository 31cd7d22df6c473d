"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { DialogDone } from "@/design/dialog-done";
import type { InvitationLineReport } from "@/invitations/invite-by-mail";

/** What became of each address, in the order in which they were given. */
export function InvitationReportList({
  report,
  onDone,
}: {
  report: readonly InvitationLineReport[];
  onDone: () => void;
}) {
  const t = useTranslations("invitations.report");
  const heading = useRef<HTMLParagraphElement>(null);
  const sent = report.filter(({ outcome }) => outcome === "created").length;
  // The form that had the focus has gone; a screen reader goes on with what came of it.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="grid gap-4">
      <p ref={heading} tabIndex={-1} className="font-medium outline-none">
        {t("summary", { sent, total: report.length })}
      </p>
      <ol
        aria-label={t("label")}
        tabIndex={0}
        className="max-h-72 divide-y divide-line overflow-y-auto rounded-xl border border-line"
      >
        {report.map(({ line, text, outcome }, index) => {
          const done = outcome === "created";
          const Icon = done ? CircleCheck : CircleAlert;
          return (
            <li key={index} className="flex items-start gap-2.5 px-3 py-2">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${done ? "text-accent" : "text-danger"}`} />
              <div className="min-w-0 grow">
                <p className="[overflow-wrap:anywhere]">
                  <bdi>{text}</bdi>
                </p>
                <p className={`text-sm ${done ? "text-muted" : "text-danger"}`}>{t(`outcomes.${outcome}`)}</p>
              </div>
              <span className="shrink-0 text-sm text-muted">{t("line", { line })}</span>
            </li>
          );
        })}
      </ol>
      <DialogDone label={t("done")} onDone={onDone} />
    </div>
  );
}
