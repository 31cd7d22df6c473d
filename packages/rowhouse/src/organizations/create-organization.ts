import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { RowhouseError } from "../errors.ts";
import { textErrorCode } from "../field-error-code.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import { rideOnCommit } from "../database/scoped-driver.ts";
import { auditStatement, type RequestOrigin } from "../tenant/audit-event.ts";
import type { Organization } from "../tenant/organization.ts";
import { slugCandidates } from "../slug.ts";

/** What a members page shows of a person. */
export interface Profile {
  readonly name: string;
  readonly email: string;
}

/** A new id for an organization: the context must name it before its row can be written. */
export function newOrganizationId(): string {
  return uuidv7();
}

/**
 * Writes the organization, its slug, its owner and the audit event. The caller's transaction must have the organization's id as its
 * context; without one, row security refuses the rows.
 *
 * A personal workspace (`isPersonal`) has one seat, its owner's, and each user has at most one.
 *
 * @throws RowhouseError INVALID_INPUT, SLUG_UNUSABLE, CONFLICT for a second personal workspace
 */
export async function createOrganization(
  db: Kysely<ControlPlane>,
  input: {
    readonly id: string;
    readonly name: string;
    readonly ownerId: string;
    readonly owner?: Profile | undefined;
    readonly isPersonal?: boolean | undefined;
    readonly origin?: RequestOrigin | undefined;
  },
): Promise<Organization> {
  const { id, ownerId } = input;
  const name = parseOrganizationName(input.name);
  const slug = await claimSlug(db, id, slugCandidates(name));
  const personal = input.isPersonal === true ? { isPersonal: true, personalOf: ownerId, memberLimit: 1 } : {};
  await db
    .insertInto("rowhouse.organizations")
    .values({ id, name, slug, ...personal })
    .execute();
  await db
    .insertInto("rowhouse.memberships")
    .values({ organizationId: id, userId: ownerId, role: "owner", ...input.owner })
    .execute();
  const event = { action: "organization.created", target: { kind: "organization", id }, after: { name, slug } };
  const source = { organizationId: id, actor: { kind: "user", userId: ownerId } as const, origin: input.origin ?? {} };
  await db.executeQuery(rideOnCommit(auditStatement(event, source)));
  return { id, slug, name };
}

/** @throws RowhouseError INVALID_INPUT */
export function parseOrganizationName(text: string): string {
  const name = text.normalize("NFC").trim().replace(/\s+/gu, " ");
  const length = [...name].length;
  // White space alone, and characters without a shape, are as good as nothing.
  const isBlank = !/[\p{L}\p{N}\p{P}\p{S}]/u.test(name);
  if (!isBlank && length <= 100 && !/[\p{Cc}\p{Cs}]/u.test(name)) return name;
  const message = isBlank
    ? "Enter a name."
    : length > 100
      ? "Use at most 100 characters."
      : "Remove the characters that cannot be shown.";
  throw new RowhouseError("INVALID_INPUT", "The organization's name cannot be used.", {
    fields: [{ field: "name", message, code: textErrorCode(isBlank ? 0 : length, 100) }],
  });
}

/** The row of another organization stays invisible; that its slug is taken shows in nothing being inserted. */
async function claimSlug(
  db: Kysely<ControlPlane>,
  organizationId: string,
  candidates: Iterable<string>,
): Promise<string> {
  for (const slug of candidates) {
    const claimed = await db
      .insertInto("rowhouse.organizationSlugs")
      .values({ slug, organizationId })
      .onConflict((conflict) => conflict.column("slug").doNothing())
      .returning("slug")
      .executeTakeFirst();
    if (claimed !== undefined) return claimed.slug;
  }
  throw new RowhouseError("CONFLICT", "No free slug was found for the name; choose another name.", {
    fields: [{ field: "name", message: "This name is taken many times over. Add a word to it.", code: "TAKEN" }],
  });
}
