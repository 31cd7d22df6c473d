import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ConfirmAddressBanner } from "@/identity-forms/confirm-address-banner";
import { ThemeToggle } from "@/design/theme-toggle";
import { OrganizationNavigation } from "@/organizations/organization-navigation";
import { OrganizationSwitcher } from "@/organizations/organization-switcher";
import { NavigationSheet } from "@/organizations/navigation-sheet";
import { UserMenu } from "@/organizations/user-menu";
import type { SessionUser } from "@/tenancy/session";

/** The frame around every page of an organization: a sidebar on a desk, a bar with a sheet on a phone. */
export function Shell({ user, children }: { user: SessionUser; children: ReactNode }) {
  const t = useTranslations("organizations");
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[15.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed start-3 top-3 z-50 -translate-y-20 rounded-lg bg-accent-solid px-4 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        {t("skipToContent")}
      </a>
      <div className="hidden border-e border-line bg-surface md:block">
        <div className="sticky top-0 flex h-dvh flex-col gap-3 p-3">
          <OrganizationSwitcher />
          <OrganizationNavigation />
          <div className="mt-auto flex items-center gap-1 border-t border-line pt-3">
            <UserMenu user={user} />
            <ThemeToggle side="top" />
          </div>
        </div>
      </div>
      <header className="sticky top-0 z-30 flex h-15 items-center gap-1 border-b border-line bg-surface px-3 md:hidden">
        <NavigationSheet>
          <OrganizationNavigation />
          <div className="mt-auto flex items-center gap-1 border-t border-line pt-3">
            <UserMenu user={user} />
            <ThemeToggle side="top" />
          </div>
        </NavigationSheet>
        <OrganizationSwitcher />
      </header>
      <div className="min-w-0">
        <ConfirmAddressBanner user={user} />
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-5xl px-4 py-6 outline-none md:px-8 md:py-9">
          {children}
        </main>
      </div>
    </div>
  );
}
