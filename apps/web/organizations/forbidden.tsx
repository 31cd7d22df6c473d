import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/design/empty-state";
import { PageHeader } from "@/design/page-header";

/** Shown inside of an organization to a member whose role does not reach. They know it exists, so it is no 404. */
export function Forbidden() {
  const t = useTranslations("errors");
  return (
    <>
      <PageHeader title={t("forbidden")} />
      <EmptyState icon={Lock} title={t("forbiddenTitle")}>
        {t("forbiddenText")}
      </EmptyState>
    </>
  );
}
