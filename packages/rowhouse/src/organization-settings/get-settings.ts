import { z } from "zod";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { OrganizationSettingsDefinition } from "./define-organization-settings.ts";

export interface OrganizationSettings<S extends Readonly<Record<string, z.ZodType>>> {
  /** What holds: what was chosen, or the default. */
  readonly values: { readonly [K in keyof S]: z.output<S[K]> };
  /** Of each setting the version to give back with a change; 0 where nobody has chosen yet. */
  readonly versions: { readonly [K in keyof S]: number };
}

/**
 * The organization's settings, with the default for each that was never chosen or that no longer fits its schema: a page never
 * breaks over a setting.
 *
 * @throws RowhouseError FORBIDDEN
 */
export async function getSettings<DB, P extends string, S extends Readonly<Record<string, z.ZodType>>>(
  tenant: Tenant<DB, P | "settings:read">,
  definition: OrganizationSettingsDefinition<S>,
): Promise<OrganizationSettings<S>> {
  tenant.assertCan("settings:read");
  const rows = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.organizationSettings")
    .select(["key", "value", "version"])
    .execute();
  const stored = new Map(rows.map((row) => [row.key, row]));
  const entries = Object.entries(definition.settings) as [string, { schema: z.ZodType; default: unknown }][];
  const values = entries.map(([key, { schema, default: fallback }]) => {
    const row = stored.get(key);
    if (row === undefined) return [key, fallback] as const;
    const result = schema.safeParse(row.value);
    if (result.success) return [key, result.data] as const;
    definition.onUnfit({ organizationId: tenant.organization.id, key, problem: z.prettifyError(result.error) });
    return [key, fallback] as const;
  });
  const versions = entries.map(([key]) => [key, stored.get(key)?.version ?? 0] as const);
  return {
    values: Object.fromEntries(values) as OrganizationSettings<S>["values"],
    versions: Object.fromEntries(versions) as OrganizationSettings<S>["versions"],
  };
}
