import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "@/design/class-names";
import { PageHeader } from "@/design/page-header";
import type { SettingsTab } from "@/organization-settings/settings-tabs";

interface SettingsFrameProps {
  orgSlug: string;
  tabs: readonly SettingsTab[];
  current: SettingsTab;
  children: ReactNode;
}

const paths: Readonly<Record<SettingsTab, string>> = { general: "", domains: "/domains", keys: "/keys" };

/** One frame around all settings: their parts at the side on a desk, in a line above on a phone. */
export function SettingsFrame({ orgSlug, tabs, current, children }: SettingsFrameProps) {
  const t = useTranslations("settings");
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-[10rem_minmax(0,1fr)]">
        <nav aria-label={t("title")}>
          <ul className="-mx-1 flex gap-1 overflow-x-auto p-1 md:sticky md:top-6 md:m-0 md:grid md:gap-0.5 md:p-0">
            {tabs.map((tab) => (
              <li key={tab} className="shrink-0">
                <Link
                  href={`/${orgSlug}/settings${paths[tab]}`}
                  aria-current={tab === current ? "page" : undefined}
                  className={classNames(
                    "flex h-10 items-center rounded-lg px-3 font-medium whitespace-nowrap transition-colors md:h-9",
                    tab === current ? "bg-subtle text-ink" : "text-muted hover:bg-hover hover:text-ink",
                  )}
                >
                  {t(`tabs.${tab}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="grid min-w-0 content-start gap-5">{children}</div>
      </div>
    </>
  );
}
