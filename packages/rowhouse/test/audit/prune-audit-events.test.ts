import { afterAll, beforeAll, expect, it } from "vitest";
import { isRowhouseError, pruneAuditEvents, verifyAuditChain } from "../../src/index.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";
import type { FixtureTenancy } from "../fixture/two-organizations.ts";
import { openAuditedOrganization, recordRename, type AuditedOrganization } from "./audited-organization.ts";

let fixture: Fixture;
let tenancy: FixtureTenancy;

beforeAll(async () => {
  fixture = await openFixture();
  tenancy = fixture.open({}, { operatorUrl: fixture.operatorUrl });
});

afterAll(() => fixture[Symbol.asyncDispose]());

const retention = { operator: "ops@example.com", reason: "retention" };

function prune({ id }: AuditedOrganization, olderThan: Date, limit?: number): Promise<number> {
  return tenancy.operate(retention, (operator) => pruneAuditEvents(operator, { organizationId: id, olderThan, limit }));
}

function verify({ slug, ownerId }: AuditedOrganization, expected?: string) {
  return tenancy.enter({ organization: slug, user: ownerId }, (tenant) =>
    verifyAuditChain(tenant, { pageSize: 2, ...(expected === undefined ? {} : { expect: expected }) }),
  );
}

async function timeOf({ id }: AuditedOrganization, sequence: number): Promise<Date> {
  const { rows } = await fixture.admin.query<{ at: Date }>(
    "select date_trunc('milliseconds', occurred_at) as at from rowhouse.audit_events where organization_id = $1 and sequence = $2",
    [id, sequence],
  );
  return rows[0]?.at ?? new Date(0);
}

it("what is left after retention is a whole chain, and the removal is an event of it", async () => {
  const acme = await openAuditedOrganization({ fixture, tenancy }, "Acme", 6);
  const globex = await openAuditedOrganization({ fixture, tenancy }, "Globex", 3);
  expect(await prune(acme, await timeOf(acme, 4))).toBe(3);
  expect(await verify(acme)).toMatchObject({ ok: true, events: 4 });
  const { rows } = await fixture.admin.query<{
    sequence: string;
    actor_id: string;
    after: { throughSequence: number };
    reason: string;
  }>(
    "select sequence, actor_id, after, reason from rowhouse.audit_events where organization_id = $1 and action = 'audit.pruned'",
    [acme.id],
  );
  expect(rows).toMatchObject([
    { sequence: "7", actor_id: "ops@example.com", after: { throughSequence: 3 }, reason: "retention" },
  ]);
  expect(await prune(acme, await timeOf(acme, 4))).toBe(0);
  expect(await verify(globex)).toMatchObject({ ok: true, events: 3 });
});

it("retention goes in steps of the limit, also to the very end, and the chain goes on", async () => {
  const acme = await openAuditedOrganization({ fixture, tenancy }, "Stepwise", 5);
  const before = await verify(acme);
  const tomorrow = new Date(Date.now() + 86_400_000);
  expect(await prune(acme, tomorrow, 2)).toBe(2);
  expect(await verify(acme, before.ok ? before.head : "")).toMatchObject({ ok: true, events: 4 });
  expect(await prune(acme, tomorrow)).toBe(4);
  expect(await verify(acme)).toMatchObject({ ok: true, events: 1 });
  await recordRename(tenancy, acme, "Afterwards");
  expect(await verify(acme)).toMatchObject({ ok: true, events: 2 });
});

it("what was edited after retention is found", async () => {
  const acme = await openAuditedOrganization({ fixture, tenancy }, "Edited", 6);
  await prune(acme, await timeOf(acme, 4));
  await fixture.admin.query("update rowhouse.audit_heads set pruned_hash = sha256('x') where organization_id = $1", [
    acme.id,
  ]);
  expect(await verify(acme)).toEqual({ ok: false, sequence: 3, problem: "head-mismatch" });
});

it("nobody but the operator prunes, and only an organization that is named", async () => {
  const acme = await openAuditedOrganization({ fixture, tenancy }, "Kept", 2);
  const { sql } = await import("kysely");
  const tried = tenancy.enter({ organization: acme.slug, user: acme.ownerId }, ({ db }) =>
    sql`select rowhouse.prune_audit_events(${acme.id}::uuid, now(), 'x', 'x', 100)`.execute(db),
  );
  await expect(tried).rejects.toSatisfy((error) => isRowhouseError(error, "ROW_SECURITY"));
  const wrong = tenancy.operate(retention, (operator) =>
    pruneAuditEvents(operator, { organizationId: "acme", olderThan: new Date("x"), limit: 0 }),
  );
  await expect(wrong).rejects.toSatisfy(
    (error) => isRowhouseError(error, "INVALID_INPUT") && error.fields.length === 3,
  );
  expect(await verify(acme)).toMatchObject({ ok: true, events: 2 });
});
