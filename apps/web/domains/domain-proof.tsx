"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Domain, DomainCheck } from "rowhouse";
import { Button } from "@/design/button";
import { CopyField } from "@/design/copy-field";
import { Field } from "@/design/field";
import { Select } from "@/design/select";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { checkDomain, sendDomainMail } from "@/domains/actions";
import { mailboxes } from "@/domains/mailboxes";

interface DomainProofProps {
  orgSlug: string;
  domain: Domain;
}

/** Two ways to show that a domain is yours: a record in DNS, or a link in a mailbox. */
export function DomainProof({ orgSlug, domain }: DomainProofProps) {
  return (
    <div className="grid gap-6 border-t border-line p-4 md:p-5">
      <ProofByDns orgSlug={orgSlug} domain={domain} />
      <ProofByMail orgSlug={orgSlug} domain={domain} />
    </div>
  );
}

function ProofByDns({ orgSlug, domain: { id, domain, record } }: DomainProofProps) {
  const t = useTranslations("domains.record");
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const [check, setCheck] = useState<Pick<DomainCheck, "outcome" | "found">>();

  function look(): void {
    mutate({
      call: () => checkDomain(orgSlug, { id }),
      failure: t("failed"),
      onSuccess: (result) => {
        setCheck(result);
        if (result.outcome === "verified") toast({ tone: "done", title: t("verified", { domain }) });
      },
    });
  }

  return (
    <section className="grid gap-3">
      <div>
        <h4 className="font-medium">{t("title")}</h4>
        <p className="mt-0.5 max-w-prose text-muted">{t("text")}</p>
      </div>
      <CopyField label={t("name")} value={record.name} copyLabel={t("copyName")} copiedLabel={t("copied")} />
      <CopyField label={t("value")} value={record.value} copyLabel={t("copyValue")} copiedLabel={t("copied")} />
      <div className="flex flex-wrap items-center gap-3">
        <Button pending={pending} onClick={look}>
          {t("check")}
        </Button>
        <p role="status" className="min-h-5 min-w-0 grow basis-60 text-sm text-muted [overflow-wrap:anywhere]">
          {check === undefined || check.outcome === "verified"
            ? null
            : check.outcome === "unreachable"
              ? t("unreachable")
              : check.found.length === 0
                ? t("missing")
                : t("found", { records: check.found.join(" · ") })}
        </p>
      </div>
    </section>
  );
}

function ProofByMail({ orgSlug, domain: { id, domain, mail } }: DomainProofProps) {
  const t = useTranslations("domains.mail");
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const [mailbox, setMailbox] = useState<(typeof mailboxes)[number]>("admin");

  function send(): void {
    mutate({
      call: () => sendDomainMail(orgSlug, { id, mailbox }),
      failure: t("failed"),
      onSuccess: ({ address }) => toast({ tone: "done", title: t("sent", { address }) }),
    });
  }

  return (
    <section className="grid gap-3">
      <div>
        <h4 className="font-medium">{t("title")}</h4>
        <p className="mt-0.5 max-w-prose text-muted">{t("text")}</p>
      </div>
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t("mailbox")}>
          {(control) => (
            <Select
              {...control}
              dir="ltr"
              value={mailbox}
              onChange={(event) => setMailbox(mailboxes.find((one) => one === event.target.value) ?? "admin")}
              className="max-w-full"
            >
              {mailboxes.map((one) => (
                <option key={one} value={one}>
                  {one}@{domain}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button pending={pending} onClick={send}>
          {t("send")}
        </Button>
      </div>
      {mail === null ? null : <p className="text-sm text-muted">{t("onTheWay", { address: mail.address })}</p>}
    </section>
  );
}
