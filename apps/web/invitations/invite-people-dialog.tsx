"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Role } from "rowhouse";
import { useState } from "react";
import { Button } from "@/design/button";
import { Dialog } from "@/design/dialog";
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
export function InvitePeopleDialog({ orgSlug, roles }: InvitePeopleDialogProps) {
  const t = useTranslations("invitations.invite");
  const [open, setOpen] = useState(false);
  const [report, setReport] = useState<readonly InvitationLineReport[]>();
  const toast = useToast();

  function show(next: boolean): void {
    setOpen(next);
    if (next) setReport(undefined);
  }

  function receive(lines: readonly InvitationLineReport[]): void {
    const sent = lines.filter(({ outcome }) => outcome === "created").length;
    if (sent === lines.length) {
      setOpen(false);
      toast({ tone: "done", title: t("sent", { count: sent }) });
    } else setReport(lines);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={show}
      trigger={
        <Button variant="primary">
          <UserPlus aria-hidden className="size-4" />
          {t("open")}
        </Button>
      }
      title={t("open")}
      description={t("description")}
    >
      {report === undefined ? (
        <InviteForm orgSlug={orgSlug} roles={roles} onCancel={() => setOpen(false)} onReport={receive} />
      ) : (
        <InvitationReportList report={report} onDone={() => setOpen(false)} />
      )}
    </Dialog>
  );
}

interface InviteFormProps extends InvitePeopleDialogProps {
  onCancel: () => void;
  onReport: (lines: readonly InvitationLineReport[]) => void;
}

function InviteForm({ orgSlug, roles, onCancel, onReport }: InviteFormProps) {
  const t = useTranslations("invitations.invite");
  const cancel = useTranslations("design")("cancel");
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
    <form
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) submit();
      }}
    >
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
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{cancel}</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {t("submit")}
        </Button>
      </div>
    </form>
  );
}
