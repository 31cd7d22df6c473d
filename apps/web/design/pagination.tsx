import { ChevronLeft, ChevronRight } from "lucide-react";
import { ButtonLink } from "@/design/button";

/** Steps through a list by cursor. Nothing is drawn when everything fits on one page. */
export function Pagination({ previousHref, nextHref }: { previousHref: string | null; nextHref: string | null }) {
  if (previousHref === null && nextHref === null) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex justify-between gap-2">
      {previousHref === null ? (
        <span />
      ) : (
        <ButtonLink href={previousHref} rel="prev" size="small">
          <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
          Previous
        </ButtonLink>
      )}
      {nextHref === null ? null : (
        <ButtonLink href={nextHref} rel="next" size="small">
          Next
          <ChevronRight aria-hidden className="size-4 rtl:-scale-x-100" />
        </ButtonLink>
      )}
    </nav>
  );
}
