import { sql, type Kysely } from "kysely";
import {
  isAuditHash,
  RowhouseError,
  verifyChain,
  type AuditVerification,
  type ControlPlane,
  type VerifyOptions,
} from "rowhouse";

export interface VerifyAuditOptions {
  /** Slug or id; all organizations without it. */
  readonly organization: string | undefined;
  readonly expect: string | undefined;
  readonly hashedBy: NonNullable<VerifyOptions["hashedBy"]>;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly organizations: readonly (AuditVerification & { readonly id: string; readonly slug: string })[];
}

/**
 * Verifies the chain of one organization, or of each in turn.
 *
 * @throws RowhouseError INVALID_INPUT, NOT_FOUND, UNSAFE_DATABASE when the connected role does not see every row
 */
export async function verifyAudit(db: Kysely<ControlPlane>, options: VerifyAuditOptions): Promise<AuditReport> {
  const { expect, hashedBy } = options;
  assertExpectation(options);
  await assertSeesEverything(db);
  const organizations: AuditReport["organizations"][number][] = [];
  for (const { id, slug } of await findOrganizations(db, options.organization)) {
    organizations.push({ id, slug, ...(await verifyChain(db, id, { expect, hashedBy })) });
  }
  return { ok: organizations.every(({ ok }) => ok), organizations };
}

function assertExpectation({ organization, expect }: VerifyAuditOptions): void {
  if (expect === undefined) return;
  if (!isAuditHash(expect))
    throw new RowhouseError("INVALID_INPUT", "--expect takes a head as it was printed: 64 hexadecimal digits.");
  if (organization === undefined)
    throw new RowhouseError("INVALID_INPUT", "--expect needs --organization: a head belongs to one.");
}

/** Under row security there would be nothing to see, and nothing is always whole. */
async function assertSeesEverything(db: Kysely<ControlPlane>): Promise<void> {
  const { rows } = await sql<{ isNarrowed: boolean; role: string }>`
    select current_user::text as role,
      pg_catalog.row_security_active('rowhouse.audit_events') or pg_catalog.row_security_active('rowhouse.audit_heads')
        or pg_catalog.row_security_active('rowhouse.organizations') as is_narrowed`.execute(db);
  if (rows[0]?.isNarrowed === false) return;
  throw new RowhouseError(
    "UNSAFE_DATABASE",
    `Row security hides events from ${rows[0]?.role ?? "this role"}. Connect as the operator role or an administrator.`,
  );
}

async function findOrganizations(
  db: Kysely<ControlPlane>,
  organization: string | undefined,
): Promise<{ id: string; slug: string }[]> {
  const query = db.selectFrom("rowhouse.organizations as o").select(["o.id", "o.slug"]).orderBy("o.slug");
  if (organization === undefined) return query.execute();
  const found = await query
    .where((eb) =>
      eb.or([
        eb(sql`o.id::text`, "=", organization.toLowerCase()),
        eb(
          "o.id",
          "in",
          eb.selectFrom("rowhouse.organizationSlugs").select("organizationId").where("slug", "=", organization),
        ),
      ]),
    )
    .execute();
  if (found.length === 0)
    throw new RowhouseError("NOT_FOUND", `There is no organization "${organization}" in this database.`);
  return found;
}
