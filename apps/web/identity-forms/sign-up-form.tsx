"use client";

import { ActionForm } from "@/design/action-form";
import { Field } from "@/design/field";
import { PasswordInput } from "@/design/password-input";
import { TextInput } from "@/design/text-input";
import { signUp } from "@/identity/actions";

/** Makes a user and a first organization in one step. */
export function SignUpForm({ passwordHint }: { passwordHint: string }) {
  return (
    <ActionForm action={signUp} submitLabel="Create account">
      {(errorOf) => (
        <>
          <Field label="Your name" error={errorOf("name")}>
            {(control) => <TextInput {...control} name="name" autoComplete="name" />}
          </Field>
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
          <Field label="Password" hint={passwordHint} error={errorOf("password")}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
          </Field>
          <Field
            label="Organization"
            hint="Your company or team. You can create more later."
            error={errorOf("organization")}
          >
            {(control) => <TextInput {...control} name="organization" autoComplete="organization" />}
          </Field>
        </>
      )}
    </ActionForm>
  );
}
