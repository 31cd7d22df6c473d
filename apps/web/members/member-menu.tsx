"use client";

import { Crown, LogOut, UserCheck, UserMinus, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Member, Role } from "rowhouse";
import type { Ref } from "react";
import { ActionsGap, ActionsMenu } from "@/design/actions-menu";
import { MenuChoice, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from "@/design/menu";
import type { MemberAbilities } from "@/members/member-abilities";
import type { MemberDecision } from "@/members/member-decision-dialog";
import { useRoleName } from "@/members/role-name";

interface MemberMenuProps {
  label: string;
  buttonRef: Ref<HTMLButtonElement>;
  member: Member;
  abilities: MemberAbilities;
  onRole: (role: Role) => void;
  onSuspend: (suspended: boolean) => void;
  onDecide: (decision: MemberDecision) => void;
}

/** What the viewer may do about one member; a gap of the same width for somebody above them. */
export function MemberMenu({ label, buttonRef, member, abilities, onRole, onSuspend, onDecide }: MemberMenuProps) {
  const t = useTranslations("members");
  const roleName = useRoleName();
  const isViewer = member.userId === abilities.userId;
  const reaches = abilities.grantable.includes(member.role);
  const mayChange = reaches && abilities.update;
  const mayRemove = reaches && abilities.remove && !isViewer;
  if (!mayChange && !mayRemove && !isViewer) return <ActionsGap />;
  const suspended = member.status === "suspended";
  return (
    <ActionsMenu label={label} buttonRef={buttonRef}>
      {mayChange ? (
        <>
          <MenuLabel>{t("role")}</MenuLabel>
          <MenuChoices value={member.role} onValueChange={(role) => onRole(role as Role)}>
            {abilities.grantable.map((role) => (
              <MenuChoice key={role} value={role}>
                {roleName(role)}
              </MenuChoice>
            ))}
          </MenuChoices>
          <MenuSeparator />
        </>
      ) : null}
      {mayChange && !isViewer ? (
        <MenuItem onSelect={() => onSuspend(!suspended)}>
          {suspended ? (
            <UserCheck aria-hidden className="size-4 text-muted" />
          ) : (
            <UserMinus aria-hidden className="size-4 text-muted" />
          )}
          {suspended ? t("restore") : t("suspend")}
        </MenuItem>
      ) : null}
      {abilities.transferOwnership && !isViewer && !suspended ? (
        <MenuItem onSelect={() => onDecide({ kind: "transfer" })}>
          <Crown aria-hidden className="size-4 text-muted" /> {t("transfer.item")}
        </MenuItem>
      ) : null}
      {mayRemove ? (
        <MenuItem tone="danger" onSelect={() => onDecide({ kind: "remove" })}>
          <UserX aria-hidden className="size-4" /> {t("remove.item")}
        </MenuItem>
      ) : null}
      {isViewer ? (
        <MenuItem tone="danger" onSelect={() => onDecide({ kind: "leave" })}>
          <LogOut aria-hidden className="size-4 rtl:-scale-x-100" /> {t("leave.item")}
        </MenuItem>
      ) : null}
    </ActionsMenu>
  );
}
