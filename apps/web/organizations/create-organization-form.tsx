"use client";

import { ActionForm } from "@/design/action-form";
import { Field } from "@/design/field";
import { TextInput } from "@/design/text-input";
import { createOrganization } from "@/organizations/actions";

/** Names a new organization; its maker becomes the owner and goes to its dashboard. */
export function CreateOrganizationForm() {
  return (
    <ActionForm action={createOrganization} submitLabel="Create organization">
      {(errorOf) => (
        <Field label="Organization name" hint="Its address is made from the name." error={errorOf("name")}>
          {(control) => <TextInput {...control} name="name" autoComplete="organization" placeholder="Acme" />}
        </Field>
      )}
    </ActionForm>
  );
}
