"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/design/field";
import { formText } from "@/design/form-text";
import { TextArea } from "@/design/text-area";
import { TextInput } from "@/design/text-input";
import { saveProfile } from "@/organization-settings/actions";
import { SaveForm } from "@/organization-settings/save-form";

interface ProfileFormProps {
  orgSlug: string;
  profile: { readonly name: string; readonly description: string };
}

/** The organization's name and what it says of itself. */
export function ProfileForm({ orgSlug, profile }: ProfileFormProps) {
  const t = useTranslations("settings.profile");
  return (
    <SaveForm
      call={(values) =>
        saveProfile(orgSlug, {
          name: formText(values, "name"),
          // A form sends line ends as two characters; one is kept.
          description: formText(values, "description").replaceAll("\r\n", "\n"),
        })
      }
      submitLabel={t("save")}
      done={t("saved")}
      failure={t("failed")}
    >
      {(errorOf) => (
        <>
          <Field label={t("name")} error={errorOf("name")}>
            {(control) => (
              <TextInput {...control} name="name" defaultValue={profile.name} autoComplete="organization" />
            )}
          </Field>
          <Field label={t("about")} hint={t("aboutHint")} error={errorOf("description")}>
            {(control) => <TextArea {...control} name="description" defaultValue={profile.description} />}
          </Field>
        </>
      )}
    </SaveForm>
  );
}
