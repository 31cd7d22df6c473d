"use client";

import { MailPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import type { Invitation, Page, Role } from "rowhouse";
import { useOptimistic } from "react";
import { Card } from "@/design/card";
import { EmptyState } from "@/design/empty-state";
import { FilterSelect } from "@/design/filter-select";
import { applyListChange } from "@/design/list-change";
import { NothingFound } from "@/design/nothing-found";
import { Pagination } from "@/design/pagination";
import { Rows } from "@/design/rows";
import { SearchBox } from "@/design/search-box";
import { CreateLinkDialog } from "@/invitations/create-link-dialog";
import { InvitationRow } from "@/invitations/invitation-row";
import { invitationFilters, type InvitationView, invitationViewHref } from "@/invitations/invitation-view";
import { InvitePeopleDialog } from "@/invitations/invite-people-dialog";

/** What the viewer may do with invitations. */
export interface InvitationAbilities {
  readonly create: boolean;
  readonly revoke: boolean;
  /** The roles up to the viewer's own. */
  readonly grantable: readonly Role[];
}

interface InvitationListProps {
  orgSlug: string;
  page: Page<Invitation>;
  view: InvitationView;
  abilities: InvitationAbilities;
}

/** Who is invited, by whom and how far it has come. */
export function InvitationList({ orgSlug, page, view, abilities }: InvitationListProps) {
  const t = useTranslations("invitations");
  const path = usePathname();
  const [invitations, change] = useOptimistic(page.items, applyListChange<Invitation>);
  const narrowed =
    view.search !== "" || view.status !== "open" || view.after !== undefined || view.before !== undefined;
  return (
    <>
      <div className="mb-4 flex flex-wrap gap-2">
        <SearchBox label={t("search")} />
        <FilterSelect
          name="status"
          label={t("filter")}
          value={view.status}
          options={invitationFilters.map((value) => ({ value, label: t(`filters.${value}`) }))}
        />
        {abilities.create ? (
          <div className="flex grow flex-wrap justify-end gap-2">
            <CreateLinkDialog orgSlug={orgSlug} roles={abilities.grantable} />
            <InvitePeopleDialog orgSlug={orgSlug} roles={abilities.grantable} />
          </div>
        ) : null}
      </div>
      {invitations.length === 0 ? (
        narrowed ? (
          <NothingFound title={t("nothingFound")} href={path} linkLabel={t("showOpen")}>
            {t("noMatch")}
          </NothingFound>
        ) : (
          <Card>
            <EmptyState icon={MailPlus} title={t("empty.title")}>
              {abilities.create ? t("empty.invite") : t("empty.text")}
            </EmptyState>
          </Card>
        )
      ) : (
        <Rows label={t("list")}>
          {invitations.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              orgSlug={orgSlug}
              invitation={invitation}
              abilities={abilities}
              change={change}
            />
          ))}
        </Rows>
      )}
      <Pagination page={page} hrefAt={(cursor) => invitationViewHref(path, view, cursor)} />
    </>
  );
}
