import { useTranslations } from "next-intl";
import { Skeleton } from "@/design/skeleton";

/** The dashboard before its numbers are there, of the same size. */
export function DashboardSkeleton() {
  const t = useTranslations("design");
  return (
    <div role="status">
      <span className="sr-only">{t("loading")}</span>
      <div aria-hidden className="grid gap-4">
        <Skeleton className="mb-2 h-9 w-40" />
        <Skeleton className="h-28 rounded-xl" />
        <div className="grid gap-4 lg:grid-cols-2">
          <Skeleton className="h-64 rounded-xl" />
          <Skeleton className="h-64 rounded-xl" />
        </div>
      </div>
    </div>
  );
}
