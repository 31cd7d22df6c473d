"use client";

import { useTranslations } from "next-intl";
import type { Role } from "rowhouse";
import type { RefObject } from "react";
import { ConfirmDialog } from "@/design/confirm-dialog";
import type { ListChange } from "@/design/list-change";
import { useToast } from "@/design/toast";
import type { useMutation } from "@/design/use-mutation";
import { handOwnershipOver, leaveOrganization, removeFromTeam } from "@/members/actions";
import type { ListedMember } from "@/members/member-row";

/** What is asked about before it is done. */
export type MemberDecision =
  { readonly kind: "remove" | "leave" | "transfer" } | { readonly kind: "own-role"; readonly role: Role };

interface MemberDecisionDialogProps {
  orgSlug: string;
  member: ListedMember;
  name: string;
  decision: MemberDecision | undefined;
  onClose: () => void;
  returnFocus: RefObject<HTMLElement | null>;
  mutate: ReturnType<typeof useMutation>["mutate"];
  change: (change: ListChange<ListedMember>) => void;
  onRole: (role: Role) => void;
}

/** Asks before somebody goes, ownership changes hands, or the viewer gives power away. */
export function MemberDecisionDialog({ decision, onClose, name, returnFocus, ...rest }: MemberDecisionDialogProps) {
  const t = useTranslations("members");
  const roleName = useTranslations("roles");
  const kind = decision?.kind === "own-role" ? "ownRole" : (decision?.kind ?? "remove");
  const decide = useDecision({ decision, name, ...rest });
  const role = decision?.kind === "own-role" ? roleName(decision.role) : "";
  return (
    <ConfirmDialog
      open={decision !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t(`${kind}.title`, { name, role })}
      confirmLabel={t(`${kind}.confirm`)}
      returnFocus={returnFocus}
      onConfirm={decide}
    >
      {t(`${kind}.text`, { name, role })}
    </ConfirmDialog>
  );
}

function useDecision({
  orgSlug,
  member,
  name,
  decision,
  mutate,
  change,
  onRole,
}: Omit<MemberDecisionDialogProps, "onClose" | "returnFocus">): () => void {
  const t = useTranslations("members");
  const toast = useToast();
  const decisions: Readonly<Record<MemberDecision["kind"], () => void>> = {
    remove: () =>
      mutate({
        optimistic: () => change({ kind: "remove", id: member.id }),
        call: () => removeFromTeam(orgSlug, member.userId),
        failure: t("remove.failed", { name }),
        onSuccess: () => toast({ tone: "done", title: t("remove.done", { name }) }),
      }),
    leave: () => mutate({ call: () => leaveOrganization(orgSlug), failure: t("leave.failed") }),
    transfer: () =>
      mutate({
        call: () => handOwnershipOver(orgSlug, member.userId),
        failure: t("transfer.failed"),
        onSuccess: () => toast({ tone: "done", title: t("transfer.done", { name }) }),
      }),
    "own-role": () => {
      if (decision?.kind === "own-role") onRole(decision.role);
    },
  };
  return () => {
    if (decision !== undefined) decisions[decision.kind]();
  };
}
