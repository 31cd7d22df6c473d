import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { GroupName } from "@/api-docs/operation-groups";
import { classNames } from "@/design/class-names";
import { Logo } from "@/design/logo";
import { ThemeToggle } from "@/design/theme-toggle";
import { LanguageMenu } from "@/i18n/language-menu";

interface DocsFrameProps {
  groups: readonly GroupName[];
  current: GroupName | "guide";
  children: ReactNode;
}

/** One frame around the documentation: its parts at the side on a desk, in a line above on a phone. */
export function DocsFrame({ groups, current, children }: DocsFrameProps) {
  const t = useTranslations("api-docs");
  const places = [
    { name: "guide" as const, href: "/api/docs" },
    ...groups.map((name) => ({ name, href: `/api/docs/${name}` })),
  ];
  return (
    <div className="min-h-dvh">
      <a
        href="#content"
        className="fixed start-3 top-3 z-50 -translate-y-20 rounded-lg bg-accent-solid px-4 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        {t("skipToContent")}
      </a>
      <header className="mx-auto flex w-full max-w-6xl items-center gap-1 px-4 py-4 md:px-8">
        <Link href="/" className="me-auto flex items-center gap-2 rounded-lg text-lg font-semibold">
          <Logo />
          Rowhouse API
        </Link>
        <LanguageMenu />
        <ThemeToggle />
      </header>
      <div className="mx-auto grid w-full max-w-6xl gap-x-10 gap-y-5 px-4 pb-20 md:grid-cols-[11rem_minmax(0,1fr)] md:px-8">
        <nav aria-label={t("title")} className="min-w-0">
          <ul className="-mx-1 flex gap-1 overflow-x-auto p-1 md:sticky md:top-6 md:m-0 md:grid md:gap-0.5 md:p-0">
            {places.map(({ name, href }) => (
              <li key={name} className="shrink-0">
                <Link
                  href={href}
                  aria-current={name === current ? "page" : undefined}
                  className={classNames(
                    "flex h-10 items-center rounded-lg px-3 font-medium whitespace-nowrap transition-colors md:h-9",
                    name === current ? "bg-subtle text-ink" : "text-muted hover:bg-hover hover:text-ink",
                  )}
                >
                  {t(`groups.${name}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <main id="content" tabIndex={-1} className="min-w-0 outline-none">
          {children}
        </main>
      </div>
    </div>
  );
}
