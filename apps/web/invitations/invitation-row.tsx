"use client";

import { Link2, Mail, Send, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Invitation } from "rowhouse";
import { type Ref, useRef, useState } from "react";
import { ActionsGap, ActionsMenu } from "@/design/actions-menu";
import { Badge } from "@/design/badge";
import { ConfirmDialog } from "@/design/confirm-dialog";
import type { ListChange } from "@/design/list-change";
import { MenuItem } from "@/design/menu";
import { Row } from "@/design/rows";
import { ShortDate } from "@/design/short-date";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { resendToAddress, takeBack } from "@/invitations/actions";
import type { InvitationAbilities } from "@/invitations/invitation-list";
import { isOpenStatus } from "@/invitations/invitation-view";
import { RoleBadge } from "@/members/role-badge";

interface InvitationRowProps {
  orgSlug: string;
  invitation: Invitation;
  abilities: InvitationAbilities;
  change: (change: ListChange<Invitation>) => void;
}

/** One invitation: to whom, by whom, how far it has come, and what can still be done about it. */
export function InvitationRow({ orgSlug, invitation, abilities, change }: InvitationRowProps) {
  const t = useTranslations("invitations");
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const [confirming, setConfirming] = useState(false);
  const menuButton = useRef<HTMLButtonElement>(null);
  const { id, kind, email, role, status } = invitation;
  const name = email ?? t("link");
  const open = isOpenStatus(status);
  const reaches = abilities.grantable.includes(role);
  const Icon = kind === "link" ? Link2 : Mail;

  function resend(): void {
    mutate({
      call: () => resendToAddress(orgSlug, id),
      failure: t("notResent", { name }),
      onSuccess: () => toast({ tone: "done", title: t("resent", { name }) }),
    });
  }

  function revoke(): void {
    mutate({
      optimistic: () => change({ kind: "patch", id, patch: { status: "revoked" } }),
      call: () => takeBack(orgSlug, id),
      failure: t("notRevoked", { name }),
      onSuccess: () => toast({ tone: "done", title: t("revoked", { name }) }),
    });
  }

  return (
    <Row pending={pending}>
      <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-lg bg-subtle text-muted">
        <Icon className="size-4" />
      </span>
      <div className="min-w-0 grow">
        <p className="truncate font-medium">
          <bdi>{name}</bdi>
        </p>
        <InvitationDetails invitation={invitation} />
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1 md:flex-row md:items-center md:gap-3">
        {open ? null : <Badge tone={status === "accepted" ? "accent" : "danger"}>{t(`statuses.${status}`)}</Badge>}
        <RoleBadge role={role} />
      </div>
      <InvitationMenu
        label={t("actionsFor", { name })}
        buttonRef={menuButton}
        onResend={
          abilities.create && reaches && kind === "email" && (open || status === "expired") ? resend : undefined
        }
        onRevoke={abilities.revoke && reaches && open ? () => setConfirming(true) : undefined}
      />
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title={t("revoke.title")}
        confirmLabel={t("revoke.confirm")}
        returnFocus={menuButton}
        onConfirm={revoke}
      >
        {kind === "link" ? t("revoke.link") : t("revoke.email", { name })}
      </ConfirmDialog>
    </Row>
  );
}

function InvitationDetails({ invitation }: { invitation: Invitation }) {
  const t = useTranslations("invitations");
  const { kind, invitedBy, useCount, useLimit, allowedDomain, expiresAt, status } = invitation;
  return (
    <p className="flex flex-wrap gap-x-2 text-sm text-muted">
      {kind === "link" ? (
        <span>
          {useLimit === null ? t("uses", { count: useCount }) : t("usesOf", { count: useCount, limit: useLimit })}
        </span>
      ) : null}
      {allowedDomain === null ? null : <span>{t("onlyAt", { domain: allowedDomain })}</span>}
      {invitedBy.name === "" ? null : <span>{t("invitedBy", { name: invitedBy.name })}</span>}
      {isOpenStatus(status) ? (
        <span>
          {t("until")} <ShortDate date={expiresAt} />
        </span>
      ) : null}
    </p>
  );
}

interface InvitationMenuProps {
  label: string;
  buttonRef: Ref<HTMLButtonElement>;
  onResend: (() => void) | undefined;
  onRevoke: (() => void) | undefined;
}

function InvitationMenu({ label, buttonRef, onResend, onRevoke }: InvitationMenuProps) {
  const t = useTranslations("invitations");
  if (onResend === undefined && onRevoke === undefined) return <ActionsGap />;
  return (
    <ActionsMenu label={label} buttonRef={buttonRef}>
      {onResend ? (
        <MenuItem onSelect={onResend}>
          <Send aria-hidden className="size-4 text-muted rtl:-scale-x-100" /> {t("resend")}
        </MenuItem>
      ) : null}
      {onRevoke ? (
        <MenuItem tone="danger" onSelect={onRevoke}>
          <Undo2 aria-hidden className="size-4" /> {t("revoke.item")}
        </MenuItem>
      ) : null}
    </ActionsMenu>
  );
}
