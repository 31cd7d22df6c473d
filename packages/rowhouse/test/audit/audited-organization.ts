import type { FixtureTenancy } from "../fixture/two-organizations.ts";
import type { Fixture } from "../fixture/test-tenancy.ts";

export interface AuditedOrganization {
  readonly id: string;
  readonly slug: string;
  readonly ownerId: string;
}

/** An organization with this many events: that of its creation and renames of one project. */
export async function openAuditedOrganization(
  { fixture, tenancy }: { fixture: Fixture; tenancy: FixtureTenancy },
  name: string,
  events: number,
): Promise<AuditedOrganization> {
  const organization = await fixture.createOrganization(name);
  for (let count = 2; count <= events; count += 1) await recordRename(tenancy, organization, `Name ${count}`);
  return organization;
}

export async function recordRename(
  tenancy: FixtureTenancy,
  organization: AuditedOrganization,
  name: string,
): Promise<void> {
  await tenancy.enter({ organization: organization.slug, user: organization.ownerId }, (tenant) =>
    tenant.transaction(async (within) => {
      const { id } = await within.db.insertInto("projects").values({ name }).returning("id").executeTakeFirstOrThrow();
      within.record({ action: "project.renamed", target: { kind: "project", id }, after: { name } });
    }),
  );
}
