import { sql } from "kysely";
import { RowhouseError } from "../errors.ts";
import { textErrorCode } from "../field-error-code.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { parseOrganizationName } from "./create-organization.ts";

/** What an organization's profile page shows. */
export interface OrganizationProfile {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** Key of the logo in the file store, or `null`. */
  readonly logoKey: string | null;
}

const profileColumns = ["id", "slug", "name", "description", "logoKey"] as const;

/** @throws RowhouseError FORBIDDEN */
export async function getOrganizationProfile<DB, P extends string>(
  tenant: Tenant<DB, P | "organization:read">,
): Promise<OrganizationProfile> {
  tenant.assertCan("organization:read");
  return controlPlaneOf(tenant).selectFrom("rowhouse.organizations").select(profileColumns).executeTakeFirstOrThrow();
}

/**
 * Changes the name, the description or both. The slug, and with it every address, stays.
 *
 * @throws RowhouseError FORBIDDEN, INVALID_INPUT
 */
export async function updateOrganization<DB, P extends string>(
  tenant: Tenant<DB, P | "organization:update">,
  input: { readonly name?: string | undefined; readonly description?: string | undefined },
): Promise<OrganizationProfile> {
  tenant.assertCan("organization:update");
  const changes = {
    ...(input.name === undefined ? {} : { name: parseOrganizationName(input.name) }),
    ...(input.description === undefined ? {} : { description: parseDescription(input.description) }),
  };
  return tenant.transaction(async (within) => {
    const db = controlPlaneOf(within);
    // Locked, so that what the audit log calls "before" is what this change replaced.
    const before = await db
      .selectFrom("rowhouse.organizations")
      .select(profileColumns)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    const after = await db
      .updateTable("rowhouse.organizations")
      .set({ ...changes, updatedAt: sql`now()` })
      .returning(profileColumns)
      .executeTakeFirstOrThrow();
    const changed = (["name", "description"] as const).filter((field) => before[field] !== after[field]);
    if (changed.length === 0) return after;
    within.record({
      action: "organization.updated",
      target: { kind: "organization", id: after.id },
      before: Object.fromEntries(changed.map((field) => [field, before[field]])),
      after: Object.fromEntries(changed.map((field) => [field, after[field]])),
    });
    return after;
  });
}

function parseDescription(text: string): string {
  const description = text.normalize("NFC").trim();
  const length = [...description].length;
  if (length <= 500 && !/[\p{Cs}]|[^\P{Cc}\n\r\t]/u.test(description)) return description;
  throw new RowhouseError("INVALID_INPUT", "The description cannot be used.", {
    fields: [
      {
        field: "description",
        message: "Use at most 500 characters, without control characters.",
        code: textErrorCode(length, 500),
      },
    ],
  });
}
