import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import type { z } from "zod";
import { RowhouseError, type FieldError } from "../errors.ts";
import { toFieldError } from "../field-error-code.ts";
import { lockMembers } from "../members/lock-members.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { OrganizationSettingsDefinition } from "./define-organization-settings.ts";

const longestValue = 16_384;

type Schemas = Readonly<Record<string, z.ZodType>>;

export interface SettingChange<S extends Schemas, K extends keyof S & string> {
  readonly key: K;
  readonly value: z.input<S[K]>;
  /** The version that was read with {@link getSettings}. Left out: the change goes through whoever was faster. */
  readonly version?: number | undefined;
}

/**
 * Chooses a setting.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT, CONFLICT when somebody changed it since `version` was read
 */
export async function changeSetting<DB, P extends string, S extends Schemas, K extends keyof S & string>(
  tenant: Tenant<DB, P | "settings:update">,
  definition: OrganizationSettingsDefinition<S>,
  change: SettingChange<S, K>,
): Promise<{ readonly key: K; readonly value: z.output<S[K]>; readonly version: number }> {
  tenant.assertCan("settings:update");
  const { key, version } = change;
  const { value, json, fallback } = parseValue(definition, key, change.value);
  if (version !== undefined && !Number.isSafeInteger(version))
    throw invalid([{ field: "version", message: "Use the version that was read.", code: "WRONG_FORM" }]);
  return tenant.transaction(async (within) => {
    await lockMembers(within);
    const db = controlPlaneOf(within);
    const stored = await db
      .selectFrom("rowhouse.organizationSettings")
      .select(["value", "version"])
      .where("key", "=", key)
      .executeTakeFirst();
    const current = stored?.version ?? 0;
    if (version !== undefined && version !== current) throw changedMeanwhile(key);
    if (stored !== undefined && isDeepStrictEqual(stored.value, JSON.parse(json)))
      return { key, value, version: current };
    await db
      .insertInto("rowhouse.organizationSettings")
      .values({ key, value: json })
      .onConflict((conflict) =>
        conflict
          .columns(["organizationId", "key"])
          .doUpdateSet({ value: json, version: current + 1, updatedAt: sql<Date>`now()` }),
      )
      .execute();
    within.record({
      action: "setting.changed",
      target: { kind: "setting", id: key },
      before: { [key]: stored === undefined ? fallback : stored.value },
      after: { [key]: value },
    });
    return { key, value, version: current + 1 };
  });
}

function parseValue<S extends Schemas, K extends keyof S & string>(
  { settings }: OrganizationSettingsDefinition<S>,
  key: K,
  received: unknown,
): { readonly value: z.output<S[K]>; readonly json: string; readonly fallback: unknown } {
  if (!Object.hasOwn(settings, key))
    throw invalid([
      { field: "key", message: `Choose one of ${Object.keys(settings).join(", ")}.`, code: "NOT_A_CHOICE" },
    ]);
  const { schema, default: fallback } = settings[key];
  const result = schema.safeParse(received);
  if (!result.success)
    throw invalid(
      result.error.issues
        .map((issue) => toFieldError(issue, received, ""))
        .map((error) => ({ ...error, field: error.field === "" ? key : `${key}.${error.field}` })),
    );
  const json = toJson(result.data);
  if (json === undefined || json.length > longestValue) {
    const message = `Use at most ${longestValue} characters of JSON that Postgres can keep.`;
    throw invalid([{ field: key, message, code: json === undefined ? "WRONG_FORM" : "TOO_LONG" }]);
  }
  return { value: result.data, json, fallback };
}

/** `undefined` for what is no JSON, or holds text that Postgres refuses: NUL and halves of surrogate pairs. */
function toJson(value: unknown): string | undefined {
  let isKept = true;
  const look = (text: unknown) => {
    if (typeof text === "string" && /[\0\p{Cs}]/u.test(text)) isKept = false;
  };
  const json = JSON.stringify(value, (name, inner: unknown) => {
    look(name);
    look(inner);
    return inner;
  }) as string | undefined;
  return isKept ? json : undefined;
}

function changedMeanwhile(key: string): RowhouseError {
  const message = "Somebody changed this meanwhile. Load the page again, then decide.";
  return new RowhouseError("CONFLICT", message, { fields: [{ field: key, message, code: "OUTDATED" }] });
}

function invalid(fields: readonly FieldError[]): RowhouseError {
  return new RowhouseError("INVALID_INPUT", "The setting cannot be changed like this.", { fields });
}
