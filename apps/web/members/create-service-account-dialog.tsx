"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ServiceAccount, ServiceAccountRole } from "rowhouse";
import { useState } from "react";
import { Button } from "@/design/button";
import { Dialog } from "@/design/dialog";
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
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden className="size-4" />
          {t("new")}
        </Button>
      }
      title={t("new")}
      description={t("description")}
    >
      <CreateServiceAccountForm {...props} onClose={() => setOpen(false)} />
    </Dialog>
  );
}

function CreateServiceAccountForm({
  orgSlug,
  roles,
  change,
  onClose,
}: CreateServiceAccountDialogProps & { onClose: () => void }) {
  const t = useTranslations("members.serviceAccounts");
  const cancel = useTranslations("design")("cancel");
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
    <form
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) submit();
      }}
    >
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
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{cancel}</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {t("create")}
        </Button>
      </div>
    </form>
  );
}
