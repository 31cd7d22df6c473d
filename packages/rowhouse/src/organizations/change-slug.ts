import { sql } from "kysely";
import { isRowhouseError, RowhouseError, type FieldErrorCode } from "../errors.ts";
import { textErrorCode } from "../field-error-code.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Organization } from "../tenant/organization.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { isSlug, maxSlugLength, reservedSlugs } from "../slug.ts";

/** How many slugs, old ones included, an organization may hold: nobody collects names. */
const mostSlugs = 10;

export type SlugState = "free" | "yours" | "taken" | "reserved" | "malformed";

/**
 * Gives the organization another slug. The old one keeps leading to it and is nobody else's to take.
 *
 * @throws RowhouseError FORBIDDEN, SLUG_UNUSABLE, CONFLICT when it is taken or the organization holds too many
 */
export async function changeSlug<DB, P extends string>(
  tenant: Tenant<DB, P | "organization:update">,
  input: { readonly slug: string },
): Promise<Organization> {
  tenant.assertCan("organization:update");
  const slug = parseSlug(input.slug);
  return tenant.transaction(async (within) => {
    const db = controlPlaneOf(within);
    const {
      id,
      name,
      slug: old,
    } = await db
      .selectFrom("rowhouse.organizations")
      .select(["id", "name", "slug"])
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    if (slug === old) return { id, name, slug };
    await claim(within, slug);
    await db
      .updateTable("rowhouse.organizations")
      .set({ slug, updatedAt: sql`now()` })
      .execute();
    await db
      .updateTable("rowhouse.organizationSlugs")
      .set({ retiredAt: sql`now()` })
      .where("slug", "=", old)
      .execute();
    within.record({
      action: "organization.slug-changed",
      target: { kind: "organization", id },
      before: { slug: old },
      after: { slug },
    });
    return { id, name, slug };
  });
}

/**
 * Whether the organization could take a slug now. Tried and undone, because the rows of others cannot be seen.
 *
 * @throws RowhouseError FORBIDDEN
 */
export async function checkSlug<DB, P extends string>(
  tenant: Tenant<DB, P | "organization:update">,
  slug: string,
): Promise<SlugState> {
  tenant.assertCan("organization:update");
  if (!isSlug(slug)) return "malformed";
  if (reservedSlugs.has(slug)) return "reserved";
  try {
    return await tenant.transaction(async (within): Promise<SlugState> => {
      if (await isOwn(within, slug)) return "yours";
      const { numInsertedOrUpdatedRows } = await controlPlaneOf(within)
        .insertInto("rowhouse.organizationSlugs")
        .values({ slug })
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) return "taken"; // in quarantine
      throw new Undo();
    });
  } catch (error) {
    if (error instanceof Undo) return "free";
    if (isRowhouseError(error, "CONFLICT")) return "taken";
    throw error;
  }
}

/** Rolls the trial back. */
class Undo extends Error {}

async function claim<DB, P extends string>(tenant: Tenant<DB, P>, slug: string): Promise<void> {
  const db = controlPlaneOf(tenant);
  if (await isOwn(tenant, slug)) {
    await db.updateTable("rowhouse.organizationSlugs").set({ retiredAt: null }).where("slug", "=", slug).execute();
    return;
  }
  const { count } = await db
    .selectFrom("rowhouse.organizationSlugs")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  if (Number(count) >= mostSlugs)
    throw conflict(`An organization can hold ${mostSlugs} names. Use one it had before.`, "TOO_MANY");
  try {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto("rowhouse.organizationSlugs")
      .values({ slug })
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n)
      throw conflict("This name was given up a short while ago and is not free yet.", "TAKEN");
  } catch (error) {
    throw isRowhouseError(error, "CONFLICT") && error.fields.length === 0
      ? conflict("This name is taken. Choose another.", "TAKEN", error)
      : error;
  }
}

async function isOwn<DB, P extends string>(tenant: Tenant<DB, P>, slug: string): Promise<boolean> {
  const own = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.organizationSlugs")
    .select("slug")
    .where("slug", "=", slug)
    .executeTakeFirst();
  return own !== undefined;
}

function parseSlug(text: string): string {
  const slug = text.trim().toLowerCase();
  if (isSlug(slug) && !reservedSlugs.has(slug)) return slug;
  const isReserved = reservedSlugs.has(slug);
  const message = isReserved
    ? "This name is reserved. Choose another."
    : "Use 1 to 48 letters a to z, digits and hyphens; begin and end with a letter or digit.";
  const code = isReserved ? "RESERVED" : textErrorCode(slug.length, maxSlugLength);
  throw new RowhouseError("SLUG_UNUSABLE", message, { fields: [{ field: "slug", message, code }] });
}

function conflict(message: string, code: FieldErrorCode, cause?: unknown): RowhouseError {
  return new RowhouseError("CONFLICT", message, { cause, fields: [{ field: "slug", message, code }] });
}
