"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { createKey } from "@/api-keys/actions";
import type { KeyHolder } from "@/api-keys/create-key-dialog";
import { ScopeChoice } from "@/api-keys/scope-choice";
import { DialogForm } from "@/design/dialog-form";
import { Field } from "@/design/field";
import { fieldError } from "@/design/field-error";
import { formText } from "@/design/form-text";
import { Select } from "@/design/select";
import { TextInput } from "@/design/text-input";
import { useMutation } from "@/design/use-mutation";
import type { Problem } from "@/tenancy/problem";

interface CreateKeyFormProps {
  orgSlug: string;
  scopes: readonly string[];
  serviceAccounts: readonly KeyHolder[];
  onCreated: (key: string) => void;
}

const expiries = [30, 90, 365] as const;

/** What a new key is called, for whom it acts, what it may do and until when. */
export function CreateKeyForm({ orgSlug, scopes, serviceAccounts, onCreated }: CreateKeyFormProps) {
  const t = useTranslations("api-keys.create");
  const { pending, mutate } = useMutation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<Pick<Problem, "detail" | "errors">>();
  const errorOf = (field: string) => (problem === undefined ? undefined : fieldError(problem, field));
  const known = ["name", "scopes", "serviceAccountId", "expiresAt"].some((field) => errorOf(field) !== undefined);

  function submit(form: FormData): void {
    const days = Number(form.get("days"));
    const holder = formText(form, "holder");
    mutate({
      call: () =>
        createKey(orgSlug, {
          name: formText(form, "name"),
          scopes: [...chosen],
          days: days === 0 ? null : days,
          serviceAccountId: holder === "" ? null : holder,
        }),
      failure: t("failed"),
      onSuccess: ({ key }) => onCreated(key),
      onProblem: setProblem,
    });
  }

  return (
    <DialogForm submitLabel={t("submit")} pending={pending} onSubmit={submit}>
      <Field label={t("name")} error={errorOf("name")}>
        {(control) => (
          <TextInput {...control} name="name" autoFocus autoComplete="off" placeholder={t("namePlaceholder")} />
        )}
      </Field>
      {serviceAccounts.length === 0 ? null : (
        <Field label={t("holder")} hint={t("holderHint")} error={errorOf("serviceAccountId")}>
          {(control) => (
            <Select {...control} name="holder">
              <option value="">{t("me")}</option>
              {serviceAccounts.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label={t("expiry")} error={errorOf("expiresAt")}>
        {(control) => (
          <Select {...control} name="days" defaultValue={90}>
            {expiries.map((days) => (
              <option key={days} value={days}>
                {t("days", { days })}
              </option>
            ))}
            <option value={0}>{t("never")}</option>
          </Select>
        )}
      </Field>
      <ScopeChoice scopes={scopes} chosen={chosen} onChange={setChosen} error={errorOf("scopes")} />
      {problem === undefined || known ? null : (
        <p role="alert" className="text-sm text-danger">
          {problem.detail}
        </p>
      )}
    </DialogForm>
  );
}
