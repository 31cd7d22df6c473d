import { defineOrganizationSettings, getSettings, type SettingsOf } from "rowhouse";
import { z } from "zod";
import type { Tenant } from "@/tenancy/tenancy";
import { isTimeZone } from "./time-zones";

export const projectSorts = ["newest", "oldest", "name", "updated"] as const;
export const taskStatuses = ["all", "open", "done"] as const;

/** What an organization can choose in this product, and what holds until it does. */
export const productSettings = defineOrganizationSettings({
  /** How projects are ordered for whoever has not chosen. */
  projectSort: { schema: z.enum(projectSorts), default: "newest" },
  /** Which tasks of a project are shown to whoever has not chosen. */
  taskStatus: { schema: z.enum(taskStatuses), default: "all" },
  /** When a day begins. */
  timeZone: { schema: z.string().refine(isTimeZone, "Choose a time zone of the list."), default: "UTC" },
});

export type ProductSettings = SettingsOf<typeof productSettings>;
/** What holds for the organization now. Every role reads it: a setting that only some feel would be none. */
export async function readProductSettings(tenant: Tenant): Promise<ProductSettings> {
  return (await getSettings(tenant, productSettings)).values;
}

export async function readTimeZone(tenant: Tenant): Promise<string> {
  return (await readProductSettings(tenant)).timeZone;
}

/** With the version of each, for a form that changes them. */
export async function readProductSettingsToChange(
  tenant: Tenant,
): Promise<{ readonly values: ProductSettings; readonly versions: Readonly<Record<keyof ProductSettings, number>> }> {
  return getSettings(tenant, productSettings);
}
