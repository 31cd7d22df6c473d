"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/design/class-names";
import { taskStatuses, type TaskView, taskViewHref } from "@/tasks/task-view";

/** Shows all, open or done tasks. Links, so that each view has an address. */
export function StatusFilter({ view }: { view: TaskView }) {
  const t = useTranslations("tasks");
  const path = usePathname();
  return (
    <nav aria-label={t("filter")} className="flex rounded-lg border border-line bg-subtle p-0.5">
      {taskStatuses.map((value) => {
        const current = value === view.status;
        return (
          <Link
            key={value}
            href={taskViewHref(path, view, { status: value })}
            replace
            scroll={false}
            aria-current={current ? "true" : undefined}
            className={classNames(
              "inline-flex h-8 items-center rounded-md px-3 text-sm font-medium transition-colors md:h-7",
              current ? "bg-selected text-ink shadow-card" : "text-muted hover:text-ink",
            )}
          >
            {t(`statuses.${value}`)}
          </Link>
        );
      })}
    </nav>
  );
}
