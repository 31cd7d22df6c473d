"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/design/button";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { confirmDomain } from "@/domains/actions";

/** Ends a proof by mail and goes to the domains. */
export function ConfirmDomainForm({ orgSlug, token }: { orgSlug: string; token: string }) {
  const t = useTranslations("domains.confirm");
  const router = useRouter();
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const [error, setError] = useState<string>();

  function confirm(): void {
    mutate({
      call: () => confirmDomain(orgSlug, { token }),
      failure: t("failed"),
      onSuccess: ({ domain }) => {
        toast({ tone: "done", title: t("done", { domain }) });
        router.replace(`/${orgSlug}/settings/domains`);
      },
      onProblem: (problem) => setError(problem.detail),
    });
  }

  return (
    <div className="grid justify-items-start gap-3">
      <Button variant="primary" pending={pending} onClick={confirm}>
        {t("submit")}
      </Button>
      {error === undefined ? null : (
        <p role="alert" className="flex gap-1.5 text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}
