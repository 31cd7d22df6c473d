"use client";

import { FolderKanban, LayoutDashboard, type LucideIcon } from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/design/class-names";
import { Spinner } from "@/design/spinner";

const places: readonly { name: string; path: string; icon: LucideIcon; permission: string }[] = [
  { name: "Dashboard", path: "dashboard", icon: LayoutDashboard, permission: "projects:read" },
  { name: "Projects", path: "projects", icon: FolderKanban, permission: "projects:read" },
];

/** The places of an organization that this role may enter. */
export function OrganizationNavigation({ slug, permissions }: { slug: string; permissions: readonly string[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Organization">
      <ul className="grid gap-0.5">
        {places
          .filter((place) => permissions.includes(place.permission))
          .map(({ name, path, icon: Icon }) => {
            const href = `/${slug}/${path}`;
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
                  {name}
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
