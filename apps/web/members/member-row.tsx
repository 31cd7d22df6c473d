"use client";

import { useTranslations } from "next-intl";
import type { Member, Role } from "rowhouse";
import { useRef, useState } from "react";
import { Avatar } from "@/design/avatar";
import { Badge } from "@/design/badge";
import type { ListChange } from "@/design/list-change";
import { Row } from "@/design/rows";
import { ShortDate } from "@/design/short-date";
import { useMutation } from "@/design/use-mutation";
import { changeMemberRole, setMemberSuspended } from "@/members/actions";
import type { MemberAbilities } from "@/members/member-abilities";
import { type MemberDecision, MemberDecisionDialog } from "@/members/member-decision-dialog";
import { MemberMenu } from "@/members/member-menu";
import { RoleBadge } from "@/members/role-badge";

/** A member with the id that lists go by. */
export type ListedMember = Member & { readonly id: string };

interface MemberRowProps {
  orgSlug: string;
  member: ListedMember;
  abilities: MemberAbilities;
  change: (change: ListChange<ListedMember>) => void;
}

/** One person: who it is, what they may do, and what the viewer may change about that. */
export function MemberRow({ orgSlug, member, abilities, change }: MemberRowProps) {
  const t = useTranslations("members");
  const { pending, mutate } = useMutation();
  const [decision, setDecision] = useState<MemberDecision>();
  const menuButton = useRef<HTMLButtonElement>(null);
  const isViewer = member.userId === abilities.userId;
  const name = member.name || member.email || t("unnamed");

  function changeRole(role: Role): void {
    mutate({
      optimistic: () => change({ kind: "patch", id: member.id, patch: { role } }),
      call: () => changeMemberRole(orgSlug, member.userId, role),
      failure: t("roleNotChanged", { name }),
    });
  }

  function setSuspended(suspended: boolean): void {
    mutate({
      optimistic: () => change({ kind: "patch", id: member.id, patch: { status: suspended ? "suspended" : "active" } }),
      call: () => setMemberSuspended(orgSlug, member.userId, suspended),
      failure: suspended ? t("notSuspended", { name }) : t("notRestored", { name }),
    });
  }

  return (
    <Row pending={pending}>
      <Avatar name={name} />
      <div className="min-w-0 grow">
        <p className="flex items-center gap-2">
          <bdi className="truncate font-medium">{name}</bdi>
          {isViewer ? <Badge>{t("you")}</Badge> : null}
        </p>
        {member.name !== "" && member.email !== "" ? (
          <p className="truncate text-sm text-muted">
            <bdi>{member.email}</bdi>
          </p>
        ) : null}
      </div>
      {member.status === "suspended" ? <Badge tone="danger">{t("suspended")}</Badge> : null}
      <RoleBadge role={member.role} />
      <span className="hidden w-28 shrink-0 text-end text-sm text-muted lg:block">
        <span className="sr-only">{t("joined")} </span>
        <ShortDate date={member.joinedAt} />
      </span>
      <MemberMenu
        label={t("actionsFor", { name })}
        buttonRef={menuButton}
        member={member}
        abilities={abilities}
        onRole={(role) => (isViewer ? setDecision({ kind: "own-role", role }) : changeRole(role))}
        onSuspend={setSuspended}
        onDecide={setDecision}
      />
      <MemberDecisionDialog
        orgSlug={orgSlug}
        member={member}
        name={name}
        decision={decision}
        onClose={() => setDecision(undefined)}
        returnFocus={menuButton}
        mutate={mutate}
        change={change}
        onRole={changeRole}
      />
    </Row>
  );
}
