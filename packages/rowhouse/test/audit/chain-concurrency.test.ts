import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyAuditChain } from "../../src/index.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";
import type { FixtureTenancy } from "../fixture/two-organizations.ts";
import { recordRename, type AuditedOrganization } from "./audited-organization.ts";

let fixture: Fixture;
let tenancy: FixtureTenancy;

beforeAll(async () => {
  fixture = await openFixture();
  tenancy = fixture.open({}, { maxConnections: 20 });
});

afterAll(() => fixture[Symbol.asyncDispose]());

function verify({ slug, ownerId }: AuditedOrganization) {
  return tenancy.enter({ organization: slug, user: ownerId }, (tenant) => verifyAuditChain(tenant));
}

it("forty writers on four organizations leave four whole chains whose time never runs backwards", async () => {
  const organizations = await Promise.all(
    ["A", "B", "C", "D"].map((name) => fixture.createOrganization(`Crowd ${name}`)),
  );
  const writers = Array.from({ length: 40 }, async (_, writer) => {
    const organization = organizations[writer % organizations.length];
    for (let turn = 0; organization !== undefined && turn < 5; turn += 1) {
      await recordRename(tenancy, organization, `${writer}-${turn}`);
    }
  });
  await Promise.all(writers);
  for (const organization of organizations) expect(await verify(organization)).toMatchObject({ ok: true, events: 51 });
  const { rowCount } = await fixture.admin.query(
    `select from (
       select occurred_at < lag(occurred_at) over (partition by organization_id order by sequence) as is_back from rowhouse.audit_events) e
     where is_back`,
  );
  expect(rowCount).toBe(0);
});

it("the very first events of an organization, written at once, make one chain", async () => {
  const organization = await fixture.createOrganization("Fresh");
  // As after an import: the organization is there and its chain is not.
  await fixture.admin.query("delete from rowhouse.audit_events where organization_id = $1", [organization.id]);
  await fixture.admin.query("delete from rowhouse.audit_heads where organization_id = $1", [organization.id]);
  await Promise.all(Array.from({ length: 12 }, (_, writer) => recordRename(tenancy, organization, `First ${writer}`)));
  expect(await verify(organization)).toMatchObject({ ok: true, events: 12 });
});

it("a writer waits for nobody of another organization, and for the one before it in its own", async () => {
  const [slow, other] = [await fixture.createOrganization("Slow"), await fixture.createOrganization("Other")];
  const holder = new pg.Client(fixture.database.url);
  await holder.connect();
  let isWritten = false;
  let waiting: Promise<void> | undefined;
  try {
    await holder.query("begin");
    await holder.query("select from rowhouse.audit_heads where organization_id = $1 for update", [slow.id]);
    waiting = recordRename(tenancy, slow, "Waits").then(() => void (isWritten = true));
    await recordRename(tenancy, other, "Does not wait");
    await expect.poll(() => countWaiting(), { timeout: 5_000 }).toBe(1);
    expect(isWritten).toBe(false);
    await holder.query("commit");
    await waiting;
  } finally {
    await holder.end();
    await waiting;
  }
  expect(await verify(other)).toMatchObject({ ok: true, events: 2 });
  expect(await verify(slow)).toMatchObject({ ok: true, events: 2 });
});

async function countWaiting(): Promise<number> {
  const { rows } = await fixture.admin.query<{ count: number }>(
    "select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rows[0]?.count ?? 0;
}

it("two events of one transaction stand in the order in which they were recorded, secrets redacted", async () => {
  const organization = await fixture.createOrganization("Ordered");
  await tenancy.enter({ organization: organization.slug, user: organization.ownerId }, (tenant) =>
    tenant.transaction(async (within) => {
      within.record({
        action: "key.created",
        target: { kind: "key", id: "1" },
        after: { name: "CI", secret: "s3cret", deep: [{ apiKey: "k3y" }] },
      });
      within.record({ action: "key.shown", target: { kind: "key", id: "1" }, before: { password: "pa55" } });
    }),
  );
  const { rows } = await fixture.admin.query<{ sequence: string; action: string; row: string }>(
    "select sequence, action, e::text as row from rowhouse.audit_events e where organization_id = $1 and sequence > 1 order by sequence",
    [organization.id],
  );
  expect(rows.map(({ sequence, action }) => [sequence, action])).toEqual([
    ["2", "key.created"],
    ["3", "key.shown"],
  ]);
  expect(rows.map(({ row }) => row).join()).not.toMatch(/s3cret|k3y|pa55/);
});

it("a transaction that is rolled back while others write leaves no gap", async () => {
  const organization = await fixture.createOrganization("Gapless");
  const writers = Array.from({ length: 10 }, (_, writer) =>
    tenancy.enter({ organization: organization.slug, user: organization.ownerId }, (tenant) =>
      tenant.transaction(async (within) => {
        within.record({ action: "project.viewed", target: { kind: "project", id: `${writer}` } });
        // The database refuses the second event at the commit, when the first has its place already.
        if (writer % 2 === 0) within.record({ action: "REFUSED", target: { kind: "project", id: "1" } });
      }),
    ),
  );
  const outcomes = await Promise.allSettled(writers);
  expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(5);
  expect(await verify(organization)).toMatchObject({ ok: true, events: 6 });
});
