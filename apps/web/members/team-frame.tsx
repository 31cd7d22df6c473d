import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { classNames } from "@/design/class-names";
import { PageHeader } from "@/design/page-header";
import { ClientMessages } from "@/i18n/client-messages";
import type { Permission } from "@/tenancy/pages";
import { getViewer } from "@/tenancy/viewer";

const places = [
  { name: "members", path: "team", permission: "members:read" },
  { name: "invitations", path: "team/invitations", permission: "invitations:read" },
  { name: "serviceAccounts", path: "team/service-accounts", permission: "service-accounts:read" },
  { name: "roles", path: "team/roles", permission: "members:read" },
] as const satisfies readonly { name: string; path: string; permission: Permission }[];

interface TeamFrameProps {
  orgSlug: string;
  current: (typeof places)[number]["name"];
  children: ReactNode;
}

/** The heading of the pages about people, and the way from one to the other. */
export async function TeamFrame({ orgSlug, current, children }: TeamFrameProps) {
  const t = await getTranslations("members");
  const { permissions } = await getViewer(orgSlug);
  return (
    <>
      <PageHeader title={t("team")} />
      <nav
        aria-label={t("team")}
        className="-mx-4 -mt-2 mb-5 overflow-x-auto border-b border-line px-4 md:mx-0 md:px-0"
      >
        <ul className="flex gap-5">
          {places
            .filter(({ permission }) => permissions.includes(permission))
            .map(({ name, path }) => (
              <li key={name}>
                <Link
                  href={`/${orgSlug}/${path}`}
                  aria-current={name === current ? "page" : undefined}
                  className={classNames(
                    "inline-flex h-10 items-center border-b-2 font-medium whitespace-nowrap transition-colors focus-visible:-outline-offset-2",
                    name === current ? "border-accent-solid text-ink" : "border-transparent text-muted hover:text-ink",
                  )}
                >
                  {t(`tabs.${name}`)}
                </Link>
              </li>
            ))}
        </ul>
      </nav>
      <ClientMessages features={["members", "invitations", "roles"]}>{children}</ClientMessages>
    </>
  );
}
