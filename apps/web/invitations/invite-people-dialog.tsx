"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Role } from "rowhouse";
import { useState } from "react";
import { DialogButton } from "@/design/dialog-button";
import { DialogForm } from "@/design/dialog-form";
import { Field } from "@/design/field";
import { fieldError } from "@/design/field-error";
import { TextArea } from "@/design/text-area";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { invitePeople } from "@/invitations/actions";
import { InvitationReportList } from "@/invitations/invitation-report-list";
import type { InvitationLineReport } from "@/invitations/invite-by-mail";
import { RoleSelect } from "@/members/role-select";

interface InvitePeopleDialogProps {
  orgSlug: string;
  roles: readonly Role[];
}

/** The button "Invite people" and the dialog behind it: one address or a pasted list, and what became of each line. */
export function InvitePeopleDialog(props: InvitePeopleDialogProps) {
  const t = useTranslations("invitations.invite");
  return (
    <DialogButton icon={UserPlus} label={t("open")} description={t("description")}>
      {(close) => <InvitePeople {...props} onDone={close} />}
    </DialogButton>
  );
}

function InvitePeople({ onDone, ...props }: InvitePeopleDialogProps & { onDone: () => void }) {
  const t = useTranslations("invitations.invite");
  const [report, setReport] = useState<readonly InvitationLineReport[]>();
  const toast = useToast();

  function receive(lines: readonly InvitationLineReport[]): void {
    const sent = lines.filter(({ outcome }) => outcome === "created").length;
    if (sent === lines.length) {
      onDone();
      toast({ tone: "done", title: t("sent", { count: sent }) });
    } else setReport(lines);
  }

  if (report !== undefined) return <InvitationReportList report={report} onDone={onDone} />;
  return <InviteForm {...props} onReport={receive} />;
}

interface InviteFormProps extends InvitePeopleDialogProps {
  onReport: (lines: readonly InvitationLineReport[]) => void;
}

function InviteForm({ orgSlug, roles, onReport }: InviteFormProps) {
  const t = useTranslations("invitations.invite");
  const { pending, mutate } = useMutation();
  const [addresses, setAddresses] = useState("");
  const [role, setRole] = useState<Role>(roles.includes("member") ? "member" : "viewer");
  const [errors, setErrors] = useState<{ addresses?: string | undefined; role?: string | undefined }>({});

  function submit(): void {
    mutate({
      call: () => invitePeople(orgSlug, { addresses, role }),
      failure: t("failed"),
      onSuccess: onReport,
      onProblem: (problem) => {
        const ofRole = fieldError(problem, "role");
        const ofAddresses = fieldError(problem, "addresses") ?? (ofRole === undefined ? problem.detail : undefined);
        setErrors({ role: ofRole, addresses: ofAddresses });
      },
    });
  }

  return (
    <DialogForm submitLabel={t("submit")} pending={pending} onSubmit={submit}>
      <Field label={t("addresses")} hint={t("hint")} error={errors.addresses}>
        {(control) => (
          <TextArea
            {...control}
            autoFocus
            rows={4}
            value={addresses}
            onChange={(event) => setAddresses(event.target.value)}
            placeholder="ada@example.com"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field label={t("role")} error={errors.role}>
        {(control) => <RoleSelect {...control} roles={roles} value={role} onChange={setRole} />}
      </Field>
    </DialogForm>
  );
}
