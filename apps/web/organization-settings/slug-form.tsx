"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/design/field";
import { TextInput } from "@/design/text-input";
import { changeSlug } from "@/organization-settings/actions";
import { SaveForm } from "@/organization-settings/save-form";
import { useSlugState } from "@/organization-settings/use-slug-state";

interface SlugFormProps {
  orgSlug: string;
  /** Where pages are reached, as `app.example.com`. */
  host: string;
}

/** The organization's name in links. Whether a name can be had is said while it is typed. */
export function SlugForm({ orgSlug, host }: SlugFormProps) {
  const t = useTranslations("settings.address");
  const [typed, setTyped] = useState(orgSlug);
  const slug = typed.trim().toLowerCase();
  const state = useSlugState(orgSlug, slug);
  const isRefused = state === "taken" || state === "reserved" || state === "malformed";
  return (
    <SaveForm
      call={() => changeSlug(orgSlug, { slug })}
      submitLabel={t("save")}
      done={t("saved")}
      failure={t("failed")}
      disabled={state === "current" || isRefused}
    >
      {(errorOf) => (
        <div>
          <Field
            label={t("slug")}
            hint={t("hint", { address: `${host}/${slug === "" ? "…" : slug}` })}
            error={isRefused ? t(state) : state === "current" ? undefined : errorOf("slug")}
          >
            {(control) => (
              <TextInput
                {...control}
                name="slug"
                dir="ltr"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={60}
              />
            )}
          </Field>
          {/* Its place is kept, so that nothing jumps; a refusal stands beside the field and is said here once. */}
          <p role="status" className="mt-1 min-h-5 text-sm text-muted">
            {isRefused ? <span className="sr-only">{t(state)}</span> : t(state)}
          </p>
        </div>
      )}
    </SaveForm>
  );
}
