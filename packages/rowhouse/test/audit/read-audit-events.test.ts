import { afterAll, beforeAll, expect, it } from "vitest";
import {
  exportAuditEvents,
  isRowhouseError,
  listAuditEvents,
  type AuditExport,
  type AuditFilters,
} from "../../src/index.ts";
import { csvRow } from "../../src/audit/csv-row.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";
import type { FixtureTenancy } from "../fixture/two-organizations.ts";
import { openAuditedOrganization, recordRename, type AuditedOrganization } from "./audited-organization.ts";

let fixture: Fixture;
let tenancy: FixtureTenancy;
let acme: AuditedOrganization;
const viewer = "0190a0a0-0000-7000-8000-000000000001";

beforeAll(async () => {
  fixture = await openFixture();
  tenancy = fixture.open();
  acme = await openAuditedOrganization({ fixture, tenancy }, "Acme", 5);
  await openAuditedOrganization({ fixture, tenancy }, "Globex", 3);
  await tenancy.enter(
    { organization: acme.slug, user: acme.ownerId, origin: { ip: "192.0.2.7", requestId: "req-1" } },
    (tenant) =>
      tenant.transaction(async (within) =>
        within.record({
          action: "member.removed",
          target: { kind: "member", id: "bob" },
          before: { some_name: "50% Bob" },
          reason: "left",
        }),
      ),
  );
  await fixture.admin.query(
    "insert into rowhouse.memberships (organization_id, user_id, role) values ($1, $2, 'viewer')",
    [acme.id, viewer],
  );
});

afterAll(() => fixture[Symbol.asyncDispose]());

function list(filters: Parameters<typeof listAuditEvents>[1]) {
  return tenancy.enter({ organization: acme.slug, user: acme.ownerId }, (tenant) => listAuditEvents(tenant, filters));
}

async function exported(organization: AuditedOrganization, input: AuditExport): Promise<string> {
  return tenancy.enter({ organization: organization.slug, user: organization.ownerId }, async (tenant) => {
    let text = "";
    for await (const piece of exportAuditEvents(tenant, input)) text += piece;
    return text;
  });
}

it("the list is the organization's own, newest first, with the values as they were recorded", async () => {
  const { items } = await list({});
  expect(items.map(({ sequence }) => sequence)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(items[0]).toMatchObject({
    actor: { kind: "user", id: acme.ownerId },
    action: "member.removed",
    target: { kind: "member", id: "bob" },
    before: { some_name: "50% Bob" },
    after: null,
    ip: "192.0.2.7",
    requestId: "req-1",
    reason: "left",
  });
  expect(items[0]?.occurredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect(JSON.parse(JSON.stringify(items))).toEqual(items);
});

it("pages lead forward and back over every event once", async () => {
  const first = await list({ limit: 4 });
  const second = await list({ limit: 4, after: first.next ?? "" });
  expect([...first.items, ...second.items].map(({ sequence }) => sequence)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(second.next).toBeNull();
  const back = await list({ limit: 4, before: second.previous ?? "" });
  expect(back.items).toEqual(first.items);
});

it.each<[string, AuditFilters, number[]]>([
  ["an action", { action: "member.removed" }, [6]],
  ["every action on a noun", { action: "project.*" }, [5, 4, 3, 2]],
  ["a noun that is only the beginning of another", { action: "proj.*" }, []],
  ["a target", { target: "bob" }, [6]],
  ["an actor who did nothing", { actor: "nobody" }, []],
  ["text in the values", { search: "name 3" }, [3]],
  ["text that LIKE would read otherwise", { search: "50%" }, [6]],
  ["several at once", { action: "project.*", search: "Name 4" }, [4]],
  ["days that are over", { to: "2020-01-01" }, []],
  ["days to come", { from: "2999-01-01" }, []],
])("filters by %s", async (_, filters, found) => {
  expect((await list(filters)).items.map(({ sequence }) => sequence)).toEqual(found);
});

it("a last day is taken in whole", async () => {
  const today = new Date().toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  expect((await list({ from: yesterday, to: today })).items).toHaveLength(6);
});

it("filters that mean nothing throw INVALID_INPUT and name each field", async () => {
  const refused = list({ action: "DROP TABLE", from: "yesterday", search: "\0" });
  await expect(refused).rejects.toSatisfy(
    (error) =>
      isRowhouseError(error, "INVALID_INPUT") && error.fields.map(({ field }) => field).join() === "action,from,search",
  );
});

it("listing and exporting without the permission throw FORBIDDEN", async () => {
  const enter = { organization: acme.slug, user: viewer };
  const isForbidden = (error: unknown): boolean => isRowhouseError(error, "FORBIDDEN");
  await expect(tenancy.enter(enter, (tenant) => listAuditEvents(tenant))).rejects.toSatisfy(isForbidden);
  await expect(tenancy.enter(enter, async (tenant) => exportAuditEvents(tenant, { format: "csv" }))).rejects.toSatisfy(
    isForbidden,
  );
});

it("an export is oldest first, ends with its own event, and is the same in JSON and CSV", async () => {
  const json = JSON.parse(await exported(acme, { format: "json" })) as {
    sequence: number;
    action: string;
    before: unknown;
    hash: string;
  }[];
  expect(json.map(({ sequence }) => sequence)).toEqual(json.map((_, index) => index + 1));
  expect(json.at(-1)).toMatchObject({ action: "audit.exported", after: { format: "json", filters: {} } });
  expect(json[5]?.before).toEqual({ some_name: "50% Bob" });
  const lines = (await exported(acme, { format: "csv", filters: { action: "member.*" } })).split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^"sequence","id","occurred_at",/);
  expect(lines[1]).toContain(`"{""some_name"": ""50% Bob""}","","192.0.2.7"`);
  expect(lines[1]).toContain(json[5]?.hash);
});

it("an export of nothing is an empty array, or a header", async () => {
  const none: AuditFilters = { target: "nobody" };
  expect(JSON.parse(await exported(acme, { format: "json", filters: none }))).toEqual([]);
  expect((await exported(acme, { format: "csv", filters: none })).match(/\r\n/g)).toHaveLength(1);
});

it("an export of several pages has every event once, and none that came after it began", async () => {
  const large = await fixture.createOrganization("Large");
  const client = await fixture.admin.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('rowhouse.organization_id', $1, true)", [large.id]);
    await client.query(
      `insert into rowhouse.audit_events (organization_id, actor_kind, actor_id, action, target_kind, target_id)
       select $1, 'job', 'load', 'project.viewed', 'project', n::text from generate_series(1, 2500) n`,
      [large.id],
    );
    await client.query("commit");
  } finally {
    client.release();
  }
  await tenancy.enter({ organization: large.slug, user: large.ownerId }, async (tenant) => {
    let text = "";
    for await (const piece of exportAuditEvents(tenant, { format: "json" })) {
      if (text === "") await recordRename(tenancy, large, "Late");
      text += piece;
    }
    const sequences = (JSON.parse(text) as { sequence: number }[]).map(({ sequence }) => sequence);
    expect(sequences).toEqual(Array.from({ length: 2502 }, (_, index) => index + 1));
  });
});

it.each(["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "\u200b=1"])("a CSV cell %j is no formula", (cell) => {
  expect(csvRow([cell, "a=1", 'say "hi"', null, 7])).toBe(`"'${cell}","a=1","say ""hi""","","7"\r\n`);
});
