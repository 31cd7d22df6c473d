"use client";

import { FolderKanban, LayoutDashboard, type LucideIcon, ScrollText, Settings, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { useOrganization } from "rowhouse/react";
import { classNames } from "@/design/class-names";
import { Spinner } from "@/design/spinner";
import type { Permission } from "@/tenancy/permissions";

const places = [
  { name: "dashboard", path: "dashboard", icon: LayoutDashboard, permission: "projects:read" },
  { name: "projects", path: "projects", icon: FolderKanban, permission: "projects:read" },
  { name: "team", path: "team", icon: Users, permission: "members:read" },
  { name: "audit", path: "audit", icon: ScrollText, permission: "audit:read" },
  { name: "settings", path: "settings", icon: Settings, permission: "settings:update" },
] as const satisfies readonly { name: string; path: string; icon: LucideIcon; permission: Permission }[];

/** The places of an organization that this role may enter. */
export function OrganizationNavigation() {
  const { organization, permissions } = useOrganization();
  const t = useTranslations("organizations");
  const pathname = usePathname();
  return (
    <nav aria-label={t("organization")}>
      <ul className="grid gap-0.5">
        {places
          .filter((place) => permissions.includes(place.permission))
          .map(({ name, path, icon: Icon }) => {
            const href = `/${organization.slug}/${path}`;
            const current = pathname === href || pathname.startsWith(`${href}/`);
            return (
              <li key={path}>
                <Link
                  href={href}
                  aria-current={current ? "page" : undefined}
                  className={classNames(
                    "flex h-10 items-center gap-2.5 rounded-lg px-2.5 font-medium transition-colors md:h-9",
                    current ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-ink",
                  )}
                >
                  <Icon aria-hidden className="size-[18px]" />
                  {t(`places.${name}`)}
                  <OnTheWay />
                </Link>
              </li>
            );
          })}
      </ul>
    </nav>
  );
}

function OnTheWay() {
  const { pending } = useLinkStatus();
  return pending ? <Spinner className="ms-auto size-3.5" /> : null;
}
