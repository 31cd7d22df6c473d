import { useTranslations } from "next-intl";
import { PageHeader } from "@/design/page-header";
import { ListSkeleton } from "@/design/skeleton";

export default function Loading() {
  const t = useTranslations("audit");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <ListSkeleton rows={8} />
    </>
  );
}
