"use client";

import { BadgeCheck, Trash2, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Domain } from "rowhouse";
import { Badge } from "@/design/badge";
import { ConfirmDialog } from "@/design/confirm-dialog";
import { buttonIconClass } from "@/design/icon-button";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { removeDomain } from "@/domains/actions";
import { DomainProof } from "@/domains/domain-proof";
import { JoinModeForm } from "@/domains/join-mode-form";

interface DomainCardProps {
  orgSlug: string;
  domain: Domain;
  canChange: boolean;
}

/** One domain: whether it is proven, how to prove it, and what it opens. */
export function DomainCard({ orgSlug, domain, canChange }: DomainCardProps) {
  const t = useTranslations("domains");
  const { domain: name, status, method, failingSince } = domain;
  const day = useFormatter().dateTime(failingSince ?? domain.createdAt, { dateStyle: "medium" });
  return (
    <li className="min-w-0 rounded-xl border border-line bg-surface shadow-card">
      <div className="flex min-h-14 items-center gap-3 px-4 py-2 md:px-5">
        <h3 dir="ltr" className="min-w-0 truncate font-medium">
          {name}
        </h3>
        <Badge>
          {status === "verified" ? <BadgeCheck aria-hidden className="-ms-1 me-1 size-3.5" /> : null}
          {t(`status.${status}`)}
        </Badge>
        {method === null || status !== "verified" ? null : (
          <span className="text-sm text-muted max-sm:hidden">{t(`verifiedBy.${method}`)}</span>
        )}
        <span className="grow" />
        {canChange ? <RemoveDomain orgSlug={orgSlug} domain={domain} /> : null}
      </div>
      {failingSince === null ? null : (
        <p className="flex gap-2 border-t border-line px-4 py-3 text-danger md:px-5">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t("failing", { date: day })}
        </p>
      )}
      {status === "verified" ? (
        <JoinModeForm orgSlug={orgSlug} domain={domain} canChange={canChange} />
      ) : canChange ? (
        <DomainProof orgSlug={orgSlug} domain={domain} />
      ) : null}
    </li>
  );
}

function RemoveDomain({ orgSlug, domain: { id, domain } }: { orgSlug: string; domain: Domain }) {
  const t = useTranslations("domains.remove");
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={t("item", { domain })}
        disabled={pending}
        onClick={() => setAsking(true)}
        className={buttonIconClass}
      >
        <Trash2 aria-hidden className="size-4" />
      </button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("title")}
        confirmLabel={t("confirm")}
        returnFocus={button}
        onConfirm={() =>
          mutate({
            call: () => removeDomain(orgSlug, { id }),
            failure: t("failed"),
            onSuccess: () => toast({ tone: "done", title: t("done", { domain }) }),
          })
        }
      >
        {t("text", { domain })}
      </ConfirmDialog>
    </>
  );
}
