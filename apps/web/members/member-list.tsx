"use client";

import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import type { Member, Page } from "rowhouse";
import { useOptimistic } from "react";
import { ButtonLink } from "@/design/button";
import { Card } from "@/design/card";
import { EmptyState } from "@/design/empty-state";
import { applyListChange } from "@/design/list-change";
import { Pagination } from "@/design/pagination";
import { Rows } from "@/design/rows";
import { SearchBox } from "@/design/search-box";
import { SortSelect } from "@/design/sort-select";
import type { MemberAbilities } from "@/members/member-abilities";
import { type ListedMember, MemberRow } from "@/members/member-row";
import { memberSorts, type MemberView, memberViewHref } from "@/members/member-view";

interface MemberListProps {
  orgSlug: string;
  page: Page<Member>;
  view: MemberView;
  abilities: MemberAbilities;
}

/** The people of an organization, and what the viewer may change about each. */
export function MemberList({ orgSlug, page, view, abilities }: MemberListProps) {
  const t = useTranslations("members");
  const path = usePathname();
  const listed = page.items.map((member) => ({ ...member, id: member.userId }));
  const [members, change] = useOptimistic(listed, applyListChange<ListedMember>);

  return (
    <>
      <div className="mb-4 flex gap-2 md:justify-between">
        <SearchBox label={t("search")} />
        <SortSelect value={view.sort} options={memberSorts.map((value) => ({ value, label: t(`sorts.${value}`) }))} />
      </div>
      {members.length === 0 ? (
        <Card>
          <EmptyState
            icon={SearchX}
            title={t("nothingFound")}
            action={<ButtonLink href={path}>{t("showAll")}</ButtonLink>}
          >
            {view.search === "" ? t("emptyPage") : t("noMatch", { search: view.search })}
          </EmptyState>
        </Card>
      ) : (
        <Rows label={t("tabs.members")}>
          {members.map((member) => (
            <MemberRow key={member.id} orgSlug={orgSlug} member={member} abilities={abilities} change={change} />
          ))}
        </Rows>
      )}
      <Pagination
        previousHref={page.previous === null ? null : memberViewHref(path, view, { before: page.previous })}
        nextHref={page.next === null ? null : memberViewHref(path, view, { after: page.next })}
      />
    </>
  );
}
