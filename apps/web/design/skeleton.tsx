import { useTranslations } from "next-intl";
import { classNames } from "@/design/class-names";

/** A grey shape of the size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <span className={classNames("block animate-pulse rounded-md bg-hover", className)} />;
}

/** A list that is on its way, said once to a screen reader. */
export function ListSkeleton({ rows = 6 }: { rows?: number }) {
  const t = useTranslations("design");
  return (
    <div role="status">
      <span className="sr-only">{t("loading")}</span>
      <div aria-hidden className="mb-4 flex gap-3">
        <Skeleton className="h-10 grow rounded-lg md:h-9 md:max-w-xs" />
        <Skeleton className="h-10 w-36 rounded-lg md:ms-auto md:h-9" />
      </div>
      <div aria-hidden className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex h-14 items-center gap-4 px-4">
            <Skeleton className="h-4 w-2/5" />
            <Skeleton className="ms-auto h-3 w-24" />
          </div>
        ))}
      </div>
    </div>
  );
}
