"use server";

import { redirect } from "next/navigation";
import {
  changeSetting,
  changeSlug as changeOrganizationSlug,
  checkSlug as checkOrganizationSlug,
  type SlugState,
  updateOrganization,
} from "rowhouse";
import { z } from "zod";
import { runOrganizationAction } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";
import { productSettings, type ProductSettings } from "./product-settings";

/** The rules are the library's; here is only the shape. */
const text = z.string().max(10_000);
const profileInput = z.strictObject({ name: text, description: text });
const slugInput = z.strictObject({ slug: text });
const version = z.int();
const preferencesInput = z.strictObject({
  values: z.strictObject({ projectSort: text, taskStatus: text, timeZone: text }),
  versions: z.strictObject({ projectSort: version, taskStatus: version, timeZone: version }),
});

export async function saveProfile(
  orgSlug: string,
  form: { name: string; description: string },
): Promise<ActionResult<{ name: string }>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "organization:update",
    input: profileInput,
    run: async (tenant, input) => {
      const { name } = await updateOrganization(tenant, input);
      return { name };
    },
  });
}

/** Goes to the same page at the new address. */
export async function changeSlug(orgSlug: string, form: { slug: string }): Promise<ActionResult> {
  const changed = await runOrganizationAction(orgSlug, form, {
    permission: "organization:update",
    input: slugInput,
    run: changeOrganizationSlug,
  });
  if (!changed.ok) return changed;
  redirect(`/${changed.value.slug}/settings`);
}

export async function checkSlug(orgSlug: string, form: { slug: string }): Promise<ActionResult<SlugState>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "organization:update",
    input: slugInput,
    isRead: true,
    run: (tenant, { slug }) => checkOrganizationSlug(tenant, slug),
  });
}

/** All of them or none: one that somebody else changed meanwhile stops the others too. */
export async function savePreferences(
  orgSlug: string,
  form: {
    values: Readonly<Record<keyof ProductSettings, string>>;
    versions: Readonly<Record<keyof ProductSettings, number>>;
  },
): Promise<ActionResult> {
  return runOrganizationAction(orgSlug, form, {
    permission: "settings:update",
    input: preferencesInput,
    run: async (tenant, { values, versions }) => {
      await tenant.transaction(async (within) => {
        for (const key of ["projectSort", "taskStatus", "timeZone"] as const) {
          // A claim from outside until the setting's own schema has seen it.
          await changeSetting(within, productSettings, { key, value: values[key], version: versions[key] });
        }
      });
      return undefined;
    },
  });
}
