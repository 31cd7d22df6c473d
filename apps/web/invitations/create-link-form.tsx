"use client";

import { useTranslations } from "next-intl";
import type { Role } from "rowhouse";
import { useState } from "react";
import { DialogForm } from "@/design/dialog-form";
import { Field } from "@/design/field";
import { fieldError } from "@/design/field-error";
import { Select } from "@/design/select";
import { TextInput } from "@/design/text-input";
import { useMutation } from "@/design/use-mutation";
import { createLink } from "@/invitations/actions";
import { RoleSelect } from "@/members/role-select";

interface CreateLinkFormProps {
  orgSlug: string;
  roles: readonly Role[];
  onCreated: (url: string) => void;
}

const lifetimes = [1, 7, 30, 90] as const;

/** Which role a link gives, to how many, for how long, and to which addresses only. */
export function CreateLinkForm({ orgSlug, roles, onCreated }: CreateLinkFormProps) {
  const t = useTranslations("invitations.newLink");
  const { pending, mutate } = useMutation();
  const [role, setRole] = useState<Role>(roles.includes("member") ? "member" : "viewer");
  const [form, setForm] = useState({ useLimit: "", expiresInDays: "7", allowedDomain: "" });
  const [problem, setProblem] = useState<Parameters<typeof fieldError>[0] & { detail: string }>();
  const errorOf = (field: string) => (problem === undefined ? undefined : fieldError(problem, field));

  function submit(): void {
    mutate({
      call: () => createLink(orgSlug, { role, ...form }),
      failure: t("failed"),
      onSuccess: onCreated,
      onProblem: setProblem,
    });
  }

  return (
    <DialogForm submitLabel={t("submit")} pending={pending} onSubmit={submit}>
      <Field label={t("role")} error={errorOf("role") ?? (problem?.errors?.length ? undefined : problem?.detail)}>
        {(control) => <RoleSelect {...control} roles={roles} value={role} onChange={setRole} />}
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t("useLimit")} hint={t("useLimitHint")} error={errorOf("useLimit")}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="numeric"
              autoComplete="off"
              value={form.useLimit}
              onChange={(event) => setForm({ ...form, useLimit: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("expiresInDays")} error={errorOf("expiresInDays")}>
          {(control) => (
            <Select
              {...control}
              value={form.expiresInDays}
              onChange={(event) => setForm({ ...form, expiresInDays: event.target.value })}
            >
              {lifetimes.map((days) => (
                <option key={days} value={days}>
                  {t("days", { count: days })}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Field label={t("allowedDomain")} hint={t("allowedDomainHint")} error={errorOf("allowedDomain")}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="example.com"
            value={form.allowedDomain}
            onChange={(event) => setForm({ ...form, allowedDomain: event.target.value })}
          />
        )}
      </Field>
    </DialogForm>
  );
}
