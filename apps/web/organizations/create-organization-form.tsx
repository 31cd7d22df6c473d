"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/design/action-form";
import { Field } from "@/design/field";
import { TextInput } from "@/design/text-input";
import { createOrganization } from "@/organizations/actions";

/** Names a new organization; its maker becomes the owner and goes to its dashboard. */
export function CreateOrganizationForm() {
  const t = useTranslations("organizations");
  return (
    <ActionForm action={createOrganization} submitLabel={t("create")}>
      {(errorOf) => (
        <Field label={t("name")} hint={t("nameHint")} error={errorOf("name")}>
          {(control) => <TextInput {...control} name="name" autoComplete="organization" placeholder="Acme" />}
        </Field>
      )}
    </ActionForm>
  );
}
