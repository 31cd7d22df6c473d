"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/design/field";
import { formText } from "@/design/form-text";
import { TextInput } from "@/design/text-input";
import { addDomain } from "@/domains/actions";
import { SaveForm } from "@/organization-settings/save-form";

/** Names a domain; nothing comes of it until it is proven. */
export function AddDomainForm({ orgSlug }: { orgSlug: string }) {
  const t = useTranslations("domains.add");
  return (
    <SaveForm
      call={(values) => addDomain(orgSlug, { domain: formText(values, "domain") })}
      submitLabel={t("submit")}
      done={t("done")}
      failure={t("failed")}
      onSuccess={(_value, form) => form?.reset()}
    >
      {(errorOf) => (
        <Field label={t("label")} error={errorOf("domain")}>
          {(control) => (
            <TextInput
              {...control}
              name="domain"
              dir="ltr"
              placeholder={t("placeholder")}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
      )}
    </SaveForm>
  );
}
