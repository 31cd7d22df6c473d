"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/design/field";
import { formText } from "@/design/form-text";
import { Select } from "@/design/select";
import { savePreferences } from "@/organization-settings/actions";
import { SaveForm } from "@/organization-settings/save-form";

interface Preferences<T> {
  readonly projectSort: T;
  readonly taskStatus: T;
  readonly timeZone: T;
}

interface PreferencesFormProps {
  orgSlug: string;
  values: Preferences<string>;
  versions: Preferences<number>;
  /** Given by the server: browsers know other zones than it does. */
  timeZones: readonly string[];
}

const sorts = ["newest", "oldest", "name", "updated"] as const;
const statuses = ["all", "open", "done"] as const;

/** What an organization chooses for everybody in it. */
export function PreferencesForm({ orgSlug, values, versions, timeZones }: PreferencesFormProps) {
  const t = useTranslations("settings.preferences");
  return (
    <SaveForm
      // What was saved is the form's new beginning, also when somebody else saved it.
      key={Object.values(versions).join()}
      call={(form) => {
        const read = (name: string): string => formText(form, name);
        return savePreferences(orgSlug, {
          values: { projectSort: read("projectSort"), taskStatus: read("taskStatus"), timeZone: read("timeZone") },
          versions,
        });
      }}
      submitLabel={t("save")}
      done={t("saved")}
      failure={t("failed")}
    >
      {(errorOf) => (
        <>
          <Field label={t("projectSort")} hint={t("projectSortHint")} error={errorOf("projectSort")}>
            {(control) => (
              <Select {...control} name="projectSort" defaultValue={values.projectSort} className="max-w-xs">
                {sorts.map((sort) => (
                  <option key={sort} value={sort}>
                    {t(`sorts.${sort}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("taskStatus")} hint={t("taskStatusHint")} error={errorOf("taskStatus")}>
            {(control) => (
              <Select {...control} name="taskStatus" defaultValue={values.taskStatus} className="max-w-xs">
                {statuses.map((status) => (
                  <option key={status} value={status}>
                    {t(`statuses.${status}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("timeZone")} hint={t("timeZoneHint")} error={errorOf("timeZone")}>
            {(control) => (
              <Select {...control} name="timeZone" dir="ltr" defaultValue={values.timeZone} className="max-w-xs">
                {timeZones.map((zone) => (
                  <option key={zone} value={zone}>
                    {zone.replaceAll("_", " ")}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </>
      )}
    </SaveForm>
  );
}
