"use client";

import { ActionForm } from "@/design/action-form";
import { Field } from "@/design/field";
import { PasswordInput } from "@/design/password-input";
import { TextInput } from "@/design/text-input";
import { signIn } from "@/identity/actions";

/** Signs in, then goes to the page that was asked for. */
export function SignInForm({ next }: { next: string }) {
  return (
    <ActionForm action={signIn} submitLabel="Sign in">
      {(errorOf) => (
        <>
          <input type="hidden" name="next" value={next} />
          <Field label="Email" error={errorOf("email")}>
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
          <Field label="Password" error={errorOf("password")}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
          </Field>
        </>
      )}
    </ActionForm>
  );
}
