"use client";

import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import type { Member, Page } from "rowhouse";
import { useOptimistic } from "react";
import { applyListChange } from "@/design/list-change";
import { NothingFound } from "@/design/nothing-found";
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
        <NothingFound title={t("nothingFound")} href={path} linkLabel={t("showAll")}>
          {view.search === "" ? t("emptyPage") : t("noMatch", { search: view.search })}
        </NothingFound>
      ) : (
        <Rows label={t("tabs.members")}>
          {members.map((member) => (
            <MemberRow key={member.id} orgSlug={orgSlug} member={member} abilities={abilities} change={change} />
          ))}
        </Rows>
      )}
      <Pagination page={page} hrefAt={(cursor) => memberViewHref(path, view, cursor)} />
    </>
  );
}
