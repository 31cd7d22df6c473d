import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/design/button";

interface PaginationProps {
  page: { readonly previous: string | null; readonly next: string | null };
  /** The list at another cursor. */
  hrefAt: (cursor: { before: string } | { after: string }) => string;
}

/** Steps through a list by cursor. Nothing is drawn when everything fits on one page. */
export function Pagination({ page: { previous, next }, hrefAt }: PaginationProps) {
  const t = useTranslations("design");
  if (previous === null && next === null) return null;
  return (
    <nav aria-label={t("pages")} className="mt-4 flex justify-between gap-2">
      {previous === null ? (
        <span />
      ) : (
        <ButtonLink href={hrefAt({ before: previous })} rel="prev" size="small">
          <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
          {t("previous")}
        </ButtonLink>
      )}
      {next === null ? null : (
        <ButtonLink href={hrefAt({ after: next })} rel="next" size="small">
          {t("next")}
          <ChevronRight aria-hidden className="size-4 rtl:-scale-x-100" />
        </ButtonLink>
      )}
    </nav>
  );
}
