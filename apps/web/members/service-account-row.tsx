"use client";

import { Bot, CirclePause, CirclePlay, Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ServiceAccount, ServiceAccountRole } from "rowhouse";
import { ActionsMenu } from "@/design/actions-menu";
import { Badge } from "@/design/badge";
import { isTemporary, type ListChange } from "@/design/list-change";
import { MenuChoice, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from "@/design/menu";
import { Row } from "@/design/rows";
import { ShortDate } from "@/design/short-date";
import { useMutation } from "@/design/use-mutation";
import { useRenaming } from "@/design/use-renaming";
import { RoleBadge } from "@/members/role-badge";
import { useRoleName } from "@/members/role-name";
import { changeServiceAccount } from "@/members/service-account-actions";
import type { ServiceAccountAbilities } from "@/members/service-account-list";

interface ServiceAccountRowProps {
  orgSlug: string;
  account: ServiceAccount;
  abilities: ServiceAccountAbilities;
  change: (change: ListChange<ServiceAccount>) => void;
}

/** One machine: its name, its role, and whether its keys work. */
export function ServiceAccountRow({ orgSlug, account, abilities, change }: ServiceAccountRowProps) {
  const t = useTranslations("members.serviceAccounts");
  const { pending, mutate } = useMutation();
  const renaming = useRenaming({
    label: t("name"),
    current: account.name,
    field: "name",
    optimistic: (name) => change({ kind: "patch", id: account.id, patch: { name } }),
    call: (name) => changeServiceAccount(orgSlug, account.id, { name }),
    failure: t("notChanged", { name: account.name }),
  });
  const unnamed = isTemporary(account.id);

  function patch(part: { role: ServiceAccountRole } | { status: ServiceAccount["status"] }): void {
    mutate({
      optimistic: () => change({ kind: "patch", id: account.id, patch: part }),
      call: () => changeServiceAccount(orgSlug, account.id, part),
      failure: t("notChanged", { name: account.name }),
    });
  }

  return (
    <Row pending={pending || renaming.pending || unnamed}>
      <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-lg bg-subtle text-muted">
        <Bot className="size-4" />
      </span>
      {renaming.form ?? (
        <>
          <bdi className="min-w-0 grow truncate py-1.5 font-medium">{account.name}</bdi>
          {account.status === "disabled" ? <Badge tone="danger">{t("disabled")}</Badge> : null}
          <RoleBadge role={account.role} />
          <span className="hidden w-28 shrink-0 text-end text-sm text-muted lg:block">
            <span className="sr-only">{t("created")} </span>
            <ShortDate date={account.createdAt} />
          </span>
          {abilities.update && abilities.grantable.includes(account.role) ? (
            <ServiceAccountMenu
              account={account}
              roles={abilities.grantable}
              disabled={unnamed}
              autoFocus={renaming.edited}
              onRename={renaming.open}
              onChange={patch}
            />
          ) : null}
        </>
      )}
    </Row>
  );
}

interface ServiceAccountMenuProps {
  account: ServiceAccount;
  roles: readonly ServiceAccountRole[];
  disabled: boolean;
  autoFocus: boolean;
  onRename: () => void;
  onChange: (part: { role: ServiceAccountRole } | { status: ServiceAccount["status"] }) => void;
}

function ServiceAccountMenu({ account, roles, disabled, autoFocus, onRename, onChange }: ServiceAccountMenuProps) {
  const t = useTranslations("members.serviceAccounts");
  const roleName = useRoleName();
  const works = account.status === "active";
  const Icon = works ? CirclePause : CirclePlay;
  return (
    <ActionsMenu label={t("actionsFor", { name: account.name })} disabled={disabled} autoFocus={autoFocus}>
      <MenuLabel>{t("role")}</MenuLabel>
      <MenuChoices value={account.role} onValueChange={(role) => onChange({ role: role as ServiceAccountRole })}>
        {roles.map((role) => (
          <MenuChoice key={role} value={role}>
            {roleName(role)}
          </MenuChoice>
        ))}
      </MenuChoices>
      <MenuSeparator />
      <MenuItem onSelect={onRename}>
        <Pencil aria-hidden className="size-4 text-muted" /> {t("rename")}
      </MenuItem>
      <MenuItem onSelect={() => onChange({ status: works ? "disabled" : "active" })}>
        <Icon aria-hidden className="size-4 text-muted" /> {works ? t("disable") : t("enable")}
      </MenuItem>
    </ActionsMenu>
  );
}
