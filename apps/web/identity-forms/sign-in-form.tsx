"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/design/action-form";
import { Field } from "@/design/field";
import { PasswordInput } from "@/design/password-input";
import { signIn } from "@/identity/actions";
import { EmailInput } from "@/identity-forms/email-input";

/** Signs in, then goes to the page that was asked for. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("identity");
  return (
    <ActionForm action={signIn} submitLabel={t("signIn")}>
      {(errorOf) => (
        <>
          <input type="hidden" name="next" value={next} />
          <Field label={t("email")} error={errorOf("email")}>
            {(control) => <EmailInput {...control} />}
          </Field>
          <Field label={t("password")} error={errorOf("password")}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
          </Field>
        </>
      )}
    </ActionForm>
  );
}
