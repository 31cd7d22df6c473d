import { Check, FolderKanban, LayoutDashboard } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "@/design/avatar";
import { classNames } from "@/design/class-names";

/** A drawing of the product made of its own parts. Decoration, so it is hidden from screen readers. */
export function ProductPreview() {
  const t = useTranslations("landing.preview");
  return (
    <div
      aria-hidden
      className="mx-auto max-w-4xl overflow-hidden rounded-2xl border border-line bg-canvas shadow-float select-none"
    >
      <div className="grid grid-cols-[minmax(0,1fr)] md:grid-cols-[13rem_minmax(0,1fr)]">
        <div className="hidden border-e border-line bg-surface p-3 md:block">
          <div className="flex items-center gap-2.5 px-2 py-1.5">
            <Avatar name="Harbour Works" shape="square" />
            <div>
              <div className="font-semibold">Harbour Works</div>
              <div className="text-xs text-muted">{t("owner")}</div>
            </div>
          </div>
          <div className="mt-3 grid gap-0.5 font-medium text-muted">
            <div className="flex h-9 items-center gap-2.5 px-2.5">
              <LayoutDashboard className="size-[18px]" /> {t("dashboard")}
            </div>
            <div className="flex h-9 items-center gap-2.5 rounded-lg bg-accent-soft px-2.5 text-accent">
              <FolderKanban className="size-[18px]" /> {t("projects")}
            </div>
          </div>
        </div>
        <div className="p-5 md:p-7">
          <div className="text-xl font-semibold tracking-tight">{t("project")}</div>
          <div className="text-muted">{t("counts")}</div>
          <div className="mt-4 divide-y divide-line rounded-xl border border-line bg-surface shadow-card">
            {tasks.map(({ title, done }) => (
              <div key={title} className="flex min-h-12 items-center gap-3 px-4">
                <span
                  className={classNames(
                    "grid size-[18px] shrink-0 place-items-center rounded-[5px] border-[1.5px]",
                    done ? "border-accent-solid bg-accent-solid text-on-accent" : "border-control-line",
                  )}
                >
                  {done ? <Check className="size-3.5" strokeWidth={3} /> : null}
                </span>
                <span className={classNames("truncate", done && "text-muted line-through")}>{t(title)}</span>
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

const tasks = [
  { title: "task1", done: true },
  { title: "task2", done: true },
  { title: "task3", done: false },
  { title: "task4", done: false },
  { title: "task5", done: false },
] as const;
