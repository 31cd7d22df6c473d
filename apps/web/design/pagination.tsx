import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/design/button";

/** Steps through a list by cursor. Nothing is drawn when everything fits on one page. */
export function Pagination({ previousHref, nextHref }: { previousHref: string | null; nextHref: string | null }) {
  const t = useTranslations("design");
  if (previousHref === null && nextHref === null) return null;
  return (
    <nav aria-label={t("pages")} className="mt-4 flex justify-between gap-2">
      {previousHref === null ? (
        <span />
      ) : (
        <ButtonLink href={previousHref} rel="prev" size="small">
          <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
          {t("previous")}
        </ButtonLink>
      )}
      {nextHref === null ? null : (
        <ButtonLink href={nextHref} rel="next" size="small">
          {t("next")}
          <ChevronRight aria-hidden className="size-4 rtl:-scale-x-100" />
        </ButtonLink>
      )}
    </nav>
  );
}
