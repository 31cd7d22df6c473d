"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ServiceAccount, ServiceAccountRole } from "rowhouse";
import { useState } from "react";
import { DialogButton } from "@/design/dialog-button";
import { DialogForm } from "@/design/dialog-form";
import { Field } from "@/design/field";
import { fieldError } from "@/design/field-error";
import type { ListChange } from "@/design/list-change";
import { TextInput } from "@/design/text-input";
import { useMutation } from "@/design/use-mutation";
import { RoleSelect } from "@/members/role-select";
import { createServiceAccount } from "@/members/service-account-actions";

interface CreateServiceAccountDialogProps {
  orgSlug: string;
  roles: readonly ServiceAccountRole[];
  change: (change: ListChange<ServiceAccount>) => void;
}

/** The button "New service account" and the dialog behind it. */
export function CreateServiceAccountDialog(props: CreateServiceAccountDialogProps) {
  const t = useTranslations("members.serviceAccounts");
  return (
    <DialogButton icon={Plus} label={t("new")} description={t("description")}>
      {(close) => <CreateServiceAccountForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function CreateServiceAccountForm({
  orgSlug,
  roles,
  change,
  onClose,
}: CreateServiceAccountDialogProps & { onClose: () => void }) {
  const t = useTranslations("members.serviceAccounts");
  const { pending, mutate } = useMutation();
  const [name, setName] = useState("");
  const [role, setRole] = useState<ServiceAccountRole>(roles.includes("member") ? "member" : "viewer");
  const [error, setError] = useState<string>();

  function submit(): void {
    mutate({
      call: () => createServiceAccount(orgSlug, { name: name.trim(), role }),
      failure: t("notCreated"),
      onSuccess: (account) => {
        change({ kind: "add", item: account });
        onClose();
      },
      onProblem: (problem) => setError(fieldError(problem, "name") ?? problem.detail),
    });
  }

  return (
    <DialogForm submitLabel={t("create")} pending={pending} onSubmit={submit}>
      <Field label={t("name")} error={error}>
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder={t("placeholder")}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label={t("role")}>
        {(control) => (
          <RoleSelect
            {...control}
            roles={roles}
            value={role}
            onChange={(chosen) => chosen !== "owner" && setRole(chosen)}
          />
        )}
      </Field>
    </DialogForm>
  );
}
