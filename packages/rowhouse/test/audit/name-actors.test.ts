import { afterAll, beforeAll, expect, it } from "vitest";
import { createServiceAccount, nameActors } from "../../src/index.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";
import type { FixtureTenancy } from "../fixture/two-organizations.ts";
import { openAuditedOrganization, type AuditedOrganization } from "./audited-organization.ts";

let fixture: Fixture;
let tenancy: FixtureTenancy;
let acme: AuditedOrganization;
let globex: AuditedOrganization;
const viewer = "0190a0a0-0000-7000-8000-000000000002";

beforeAll(async () => {
  fixture = await openFixture();
  tenancy = fixture.open();
  acme = await openAuditedOrganization({ fixture, tenancy }, "Acme", 1);
  globex = await openAuditedOrganization({ fixture, tenancy }, "Globex", 1);
  await fixture.admin.query("update rowhouse.memberships set name = 'Ada' where user_id = $1", [acme.ownerId]);
  await fixture.admin.query("update rowhouse.memberships set name = 'Grace' where user_id = $1", [globex.ownerId]);
  await fixture.admin.query(
    "insert into rowhouse.memberships (organization_id, user_id, role, name) values ($1, $2, 'viewer', 'Vi')",
    [acme.id, viewer],
  );
});

afterAll(() => fixture[Symbol.asyncDispose]());

it("members and service accounts are named; people of other organizations, jobs and strangers are not", async () => {
  await tenancy.enter({ organization: acme.slug, user: acme.ownerId }, async (tenant) => {
    const robot = await createServiceAccount(tenant, { name: "Robot", role: "viewer" });
    const actors = [
      { kind: "user", id: acme.ownerId },
      { kind: "user", id: acme.ownerId },
      { kind: "user", id: globex.ownerId },
      { kind: "service-account", id: robot.id },
      { kind: "job", id: "nightly" },
      { kind: "operator", id: "support" },
    ] as const;
    const names = await nameActors(
      tenant,
      actors.map((actor) => ({ actor })),
    );
    expect(names).toEqual({ [acme.ownerId]: "Ada", [robot.id]: "Robot" });
  });
});

it("a role without audit:read is refused", async () => {
  await tenancy.enter({ organization: acme.slug, user: viewer }, async (tenant) => {
    await expect(nameActors(tenant, [])).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
