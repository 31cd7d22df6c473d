import { CirclePause } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/design/empty-state";
import { PageHeader } from "@/design/page-header";

/** Stands in for every page of a suspended organization. Its members know it, so it is no 404. */
export function Suspended() {
  const t = useTranslations("errors");
  return (
    <>
      <PageHeader title={t("suspended")} />
      <EmptyState icon={CirclePause} title={t("suspendedTitle")}>
        {t("suspendedText")}
      </EmptyState>
    </>
  );
}
