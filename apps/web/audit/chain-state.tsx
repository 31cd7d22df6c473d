"use client";

import { ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { AuditVerification } from "rowhouse";
import { verifyAuditLog } from "@/audit/actions";
import { Button } from "@/design/button";
import { useMutation } from "@/design/use-mutation";

/** Whether the log is as it was written. Asked for by hand: following a long chain takes a while. */
export function ChainState({ orgSlug }: { orgSlug: string }) {
  const t = useTranslations("audit");
  const { pending, mutate } = useMutation();
  const [state, setState] = useState<AuditVerification>();
  const Icon = state === undefined ? ShieldQuestion : state.ok ? ShieldCheck : ShieldAlert;
  const tone = state === undefined ? "text-muted" : state.ok ? "text-accent" : "text-danger";

  function verify(): void {
    mutate({ call: () => verifyAuditLog(orgSlug), failure: t("verifyFailed"), onSuccess: setState });
  }

  return (
    <div className="mb-4 flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-line bg-surface px-3 py-2 md:px-4">
      <Icon aria-hidden className={`size-5 shrink-0 ${tone}`} />
      <p role="status" className={`min-w-48 grow basis-0 ${state === undefined ? "text-muted" : "font-medium"}`}>
        {state === undefined
          ? t("verifyHint")
          : state.ok
            ? t("verified", { count: state.events })
            : t("broken", { sequence: state.sequence, problem: state.problem })}
      </p>
      <Button size="small" pending={pending} onClick={verify}>
        {t("verify")}
      </Button>
    </div>
  );
}
