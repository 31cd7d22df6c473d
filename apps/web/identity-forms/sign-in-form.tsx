"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/design/action-form";
import { Field } from "@/design/field";
import { PasswordInput } from "@/design/password-input";
import { TextInput } from "@/design/text-input";
import { signIn } from "@/identity/actions";

/** Signs in, then goes to the page that was asked for. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("identity");
  return (
    <ActionForm action={signIn} submitLabel={t("signIn")}>
      {(errorOf) => (
        <>
          <input type="hidden" name="next" value={next} />
          <Field label={t("email")} error={errorOf("email")}>
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
          <Field label={t("password")} error={errorOf("password")}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
          </Field>
        </>
      )}
    </ActionForm>
  );
}
