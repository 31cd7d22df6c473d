import { useTranslations } from "next-intl";

/** How far a project is: a bar for the eye and words for everyone. */
export function ProjectProgress({ open, done }: { open: number; done: number }) {
  const t = useTranslations("projects");
  const total = open + done;
  return (
    <span className="flex shrink-0 items-center gap-3 text-sm text-muted">
      <svg aria-hidden className="hidden h-1.5 w-20 md:block" preserveAspectRatio="none" viewBox="0 0 100 6">
        <rect width="100" height="6" className="fill-hover" />
        <rect width={total === 0 ? 0 : (done / total) * 100} height="6" className="fill-accent-solid" />
      </svg>
      <bdi className="min-w-16 text-end tabular-nums">
        {total === 0 ? t("noTasks") : t("progress", { done, total })}
      </bdi>
      {total === 0 ? null : <span className="sr-only">{t("tasksDone")}</span>}
    </span>
  );
}
