import { useTranslations } from "next-intl";
import { PageHeader } from "@/design/page-header";
import { ListSkeleton } from "@/design/skeleton";

/** In a group of its own: above a project's page it would send 200 before an unknown id can become 404. */
export default function Loading() {
  const t = useTranslations("projects");
  return (
    <>
      <PageHeader title={t("projects")} />
      <ListSkeleton />
    </>
  );
}
