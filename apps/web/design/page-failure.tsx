"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/design/button";
import { FullPageMessage } from "@/design/full-page-message";

interface PageFailureProps {
  error: Error & { digest?: string };
  retry: () => void;
  /** `div` where a frame around it is the main landmark already. */
  as?: "main" | "div";
}

/** Says that a page could not be shown, with a way to try again and what to quote to the team. */
export function PageFailure({ error, retry, as = "main" }: PageFailureProps) {
  const t = useTranslations("errors");
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <FullPageMessage
      as={as}
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
