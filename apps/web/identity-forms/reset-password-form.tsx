"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/design/action-form";
import { Field } from "@/design/field";
import { PasswordInput } from "@/design/password-input";
import { choosePassword } from "@/identity/password-actions";

/** Sets a new password by the link of a mail. */
export function ResetPasswordForm({ token }: { token: string }) {
  const t = useTranslations("identity-mail.reset");
  const identity = useTranslations("identity");
  return (
    <ActionForm action={choosePassword} submitLabel={t("submit")}>
      {(errorOf) => (
        <>
          <input type="hidden" name="token" value={token} />
          <Field label={t("password")} hint={identity("passwordHint")} error={errorOf("password")}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
          </Field>
        </>
      )}
    </ActionForm>
  );
}
