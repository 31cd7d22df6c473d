"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/design/action-form";
import { Field } from "@/design/field";
import { PasswordInput } from "@/design/password-input";
import { TextInput } from "@/design/text-input";
import { signUp } from "@/identity/actions";
import { EmailInput } from "@/identity-forms/email-input";

/** Makes a user and a first organization in one step. */
export function SignUpForm() {
  const t = useTranslations("identity");
  return (
    <ActionForm action={signUp} submitLabel={t("createAccount")}>
      {(errorOf) => (
        <>
          <Field label={t("yourName")} error={errorOf("name")}>
            {(control) => <TextInput {...control} name="name" autoComplete="name" />}
          </Field>
          <Field label={t("email")} error={errorOf("email")}>
            {(control) => <EmailInput {...control} />}
          </Field>
          <Field label={t("password")} hint={t("passwordHint")} error={errorOf("password")}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
          </Field>
          <Field label={t("organization")} hint={t("organizationHint")} error={errorOf("organization")}>
            {(control) => <TextInput {...control} name="organization" autoComplete="organization" />}
          </Field>
        </>
      )}
    </ActionForm>
  );
}
