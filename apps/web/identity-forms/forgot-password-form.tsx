"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/design/action-form";
import { Field } from "@/design/field";
import { TextInput } from "@/design/text-input";
import { askForReset } from "@/identity/password-actions";

/** Asks for a link to choose a new password. */
export function ForgotPasswordForm() {
  const t = useTranslations("identity-mail.forgot");
  const identity = useTranslations("identity");
  return (
    <ActionForm action={askForReset} submitLabel={t("submit")}>
      {(errorOf) => (
        <Field label={identity("email")} error={errorOf("email")}>
          {(control) => (
            <TextInput
              {...control}
              name="email"
              type="email"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
      )}
    </ActionForm>
  );
}
