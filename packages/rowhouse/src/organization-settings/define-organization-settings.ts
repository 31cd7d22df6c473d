import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

type Schemas = Readonly<Record<string, z.ZodType>>;

/** One setting of an organization: what it may be, and what it is until somebody says otherwise. */
interface OrganizationSetting<S extends z.ZodType> {
  /** Describes plain JSON. It is asked again at every reading, so it must take what it gave. */
  readonly schema: S;
  readonly default: z.output<S>;
}

/** A stored value that its schema does not take any more; the default stands in for it. */
export interface UnfitSetting {
  readonly organizationId: string;
  readonly key: string;
  /** What the schema says; the value itself is left out. */
  readonly problem: string;
}

/** The settings of an application, by key. See {@link defineOrganizationSettings}. */
export interface OrganizationSettingsDefinition<S extends Schemas> {
  readonly settings: { readonly [K in keyof S]: OrganizationSetting<S[K]> };
  readonly onUnfit: (report: UnfitSetting) => void;
}

/** The values of a definition: `SettingsOf<typeof organizationSettings>`. */
export type SettingsOf<D> =
  D extends OrganizationSettingsDefinition<infer S> ? { readonly [K in keyof S]: z.output<S[K]> } : never;

/**
 * Says once which settings an organization has; everything that reads or changes them is typed by it.
 *
 * ```ts
 * const organizationSettings = defineOrganizationSettings({
 *   weekStart: { schema: z.enum(["monday", "sunday"]), default: "monday" },
 * });
 * ```
 *
 * `onUnfit` hears of stored values that no longer fit, as after a change of a schema. Without it they become a warning of the
 * process.
 *
 * @throws TypeError for a default that its own schema does not take, or that does not survive JSON
 */
export function defineOrganizationSettings<S extends Schemas>(
  settings: { readonly [K in keyof S]: OrganizationSetting<S[K]> },
  { onUnfit = warn }: { readonly onUnfit?: (report: UnfitSetting) => void } = {},
): OrganizationSettingsDefinition<S> {
  for (const [key, setting] of Object.entries(settings) as [string, OrganizationSetting<z.ZodType>][]) {
    if (!/^[a-zA-Z][a-zA-Z0-9._-]{0,99}$/.test(key) || key in Object.prototype)
      throw new TypeError(
        `"${key}" cannot name a setting: use 1 to 100 letters, digits, dots, hyphens, a letter first.`,
      );
    assertDefaultFits(key, setting);
  }
  return Object.freeze({ settings: Object.freeze({ ...settings }), onUnfit });
}

function assertDefaultFits(key: string, { schema, default: value }: OrganizationSetting<z.ZodType>): void {
  const json = JSON.stringify(value) as string | undefined;
  const result = json === undefined ? undefined : schema.safeParse(JSON.parse(json));
  if (result?.success === true && isDeepStrictEqual(result.data, value)) return;
  const problem =
    result?.success === false ? z.prettifyError(result.error) : "it changes on the way through JSON and back";
  throw new TypeError(`The default of the setting "${key}" does not fit its own schema: ${problem}.`);
}

function warn({ organizationId, key, problem }: UnfitSetting): void {
  process.emitWarning(
    `The setting "${key}" of organization ${organizationId} does not fit its schema, so its default holds: ${problem}`,
    { code: "ROWHOUSE_UNFIT_SETTING" },
  );
}
