"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/design/action-form";
import { Field } from "@/design/field";
import { PasswordInput } from "@/design/password-input";
import { TextInput } from "@/design/text-input";
import { EmailInput } from "@/identity-forms/email-input";
import { acceptInvitation, declineInvitation, signUpAndJoin, switchAccount } from "@/invitations/join-actions";

/** Says yes, for the account that is signed in. */
export function AcceptForm({ token, organization }: { token: string; organization: string }) {
  const t = useTranslations("join");
  return (
    <ActionForm action={acceptInvitation} submitLabel={t("accept", { organization })}>
      {(errorOf) => {
        const error = errorOf("email");
        return (
          <>
            <input type="hidden" name="token" value={token} />
            {error === undefined ? null : (
              <p role="alert" tabIndex={-1} className="flex gap-2 rounded-lg bg-danger-soft px-3 py-2.5 text-danger">
                <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
                {error}
              </p>
            )}
          </>
        );
      }}
    </ActionForm>
  );
}

/** Says no. */
export function DeclineForm({ token }: { token: string }) {
  const t = useTranslations("join");
  return (
    <ActionForm action={declineInvitation} submitLabel={t("decline")} submitVariant="secondary">
      {() => <input type="hidden" name="token" value={token} />}
    </ActionForm>
  );
}

/** Signs out, to come back under another address. */
export function SwitchAccountForm({ token }: { token: string }) {
  const t = useTranslations("join");
  return (
    <ActionForm action={switchAccount} submitLabel={t("switchAccount")}>
      {() => <input type="hidden" name="token" value={token} />}
    </ActionForm>
  );
}

/** Makes an account for somebody invited: with the address that the invitation went to, where it has one. */
export function JoinSignUpForm({ token, email }: { token: string; email: string | null }) {
  const t = useTranslations("join");
  const identity = useTranslations("identity");
  return (
    <ActionForm action={signUpAndJoin} submitLabel={t("createAccount")}>
      {(errorOf) => (
        <>
          <input type="hidden" name="token" value={token} />
          <Field
            label={identity("email")}
            hint={email === null ? undefined : t("fixedAddress")}
            error={errorOf("email")}
          >
            {(control) =>
              email === null ? (
                <EmailInput {...control} />
              ) : (
                <TextInput {...control} type="email" autoComplete="username" readOnly value={email} />
              )
            }
          </Field>
          <Field label={identity("yourName")} error={errorOf("name")}>
            {(control) => <TextInput {...control} name="name" autoComplete="name" />}
          </Field>
          <Field label={identity("password")} hint={identity("passwordHint")} error={errorOf("password")}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
          </Field>
        </>
      )}
    </ActionForm>
  );
}
