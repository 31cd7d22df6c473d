"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/design/button";
import { FullPageMessage } from "@/design/full-page-message";

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const t = useTranslations("errors");
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <FullPageMessage
      title={t("failed")}
      action={
        <Button variant="primary" onClick={() => retry()}>
          {t("retry")}
        </Button>
      }
    >
      {t("failedText")}
      {error.digest ? <span className="mt-2 block text-sm">{t("reference", { digest: error.digest })}</span> : null}
    </FullPageMessage>
  );
}
