import { afterAll, beforeAll, expect, it } from "vitest";
import { isRowhouseError } from "../../src/index.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";

let fixture: Fixture;
let acme: { id: string; slug: string; ownerId: string };
let tenancy: ReturnType<Fixture["open"]>;

beforeAll(async () => {
  fixture = await openFixture();
  tenancy = fixture.open();
  acme = await fixture.createOrganization("Acme");
});

afterAll(() => fixture[Symbol.asyncDispose]());

async function events(): Promise<{ sequence: string; action: string; after: unknown }[]> {
  const { rows } = await fixture.admin.query<{ sequence: string; action: string; after: unknown }>(
    "select sequence, action, after from rowhouse.audit_events where organization_id = $1 order by sequence",
    [acme.id],
  );
  return rows;
}

it("creating an organization writes its first event", async () => {
  expect(await events()).toEqual([
    { sequence: "1", action: "organization.created", after: { name: "Acme", slug: "acme" } },
  ]);
});

it("an event commits with its change and is rolled back with it", async () => {
  const enter = { organization: "acme", user: acme.ownerId };
  await tenancy.enter(enter, (tenant) =>
    tenant.transaction(async (within) => {
      const { id } = await within.db
        .insertInto("projects")
        .values({ name: "Kept" })
        .returning("id")
        .executeTakeFirstOrThrow();
      within.record({
        action: "project.created",
        target: { kind: "project", id },
        after: { name: "Kept", password: "x" },
      });
    }),
  );
  const failed = tenancy.enter(enter, (tenant) =>
    tenant.transaction(async (within) => {
      await within.db.insertInto("projects").values({ name: "Lost" }).execute();
      within.record({ action: "project.created", target: { kind: "project", id: "lost" } });
      throw new TypeError("changed my mind");
    }),
  );
  await expect(failed).rejects.toThrow("changed my mind");
  expect((await events()).slice(1)).toEqual([
    { sequence: "2", action: "project.created", after: { name: "Kept", password: "[redacted]" } },
  ]);
});

it("an event that the database refuses takes its change with it", async () => {
  const refused = tenancy.enter({ organization: "acme", user: acme.ownerId }, (tenant) =>
    tenant.transaction(async (within) => {
      await within.db.insertInto("projects").values({ name: "Unlogged" }).execute();
      within.record({ action: "NOT AN ACTION", target: { kind: "project", id: "1" } });
    }),
  );
  await expect(refused).rejects.toSatisfy((error) => isRowhouseError(error, "INVALID_VALUE"));
  const { rowCount } = await fixture.admin.query("select from projects where name = 'Unlogged'");
  expect(rowCount).toBe(0);
});

it("recording outside of a transaction throws NO_TRANSACTION", async () => {
  const outside = tenancy.enter({ organization: "acme", user: acme.ownerId }, async (tenant) =>
    tenant.record({ action: "project.created", target: { kind: "project", id: "1" } }),
  );
  await expect(outside).rejects.toSatisfy((error) => isRowhouseError(error, "NO_TRANSACTION"));
});

it("events of a savepoint that was rolled back are not written; a transaction of nothing but an event is", async () => {
  const before = (await events()).length;
  await tenancy.enter({ organization: "acme", user: acme.ownerId }, (tenant) =>
    tenant.transaction(async (within) => {
      within.record({ action: "project.viewed", target: { kind: "project", id: "1" } });
      const inner = within.transaction(async (deeper) => {
        deeper.record({ action: "project.deleted", target: { kind: "project", id: "1" } });
        throw new TypeError("no");
      });
      await expect(inner).rejects.toThrow("no");
    }),
  );
  await tenancy.enter({ organization: "acme", user: acme.ownerId }, (tenant) =>
    tenant.transaction(async (within) =>
      within.record({ action: "project.exported", target: { kind: "project", id: "1" } }),
    ),
  );
  expect((await events()).slice(before).map(({ action }) => action)).toEqual(["project.viewed", "project.exported"]);
});

it("the runtime role can neither change nor remove an event, nor choose its place in the chain", async () => {
  const runtime = fixture.open();
  for (const text of [
    "update rowhouse.audit_events set action = 'a.b'",
    "delete from rowhouse.audit_events",
    "insert into rowhouse.audit_events (organization_id, sequence) values (gen_random_uuid(), 1)",
    "update rowhouse.audit_heads set sequence = 0",
  ]) {
    const { sql } = await import("kysely");
    const tried = runtime.enter({ organization: "acme", user: acme.ownerId }, ({ db }) => sql.raw(text).execute(db));
    await expect(tried).rejects.toSatisfy((error) => isRowhouseError(error, "ROW_SECURITY"));
  }
});

it("an event leaves out what Postgres cannot keep, and keeps text that only looks like it", async () => {
  await tenancy.enter({ organization: "acme", user: acme.ownerId }, (tenant) =>
    tenant.transaction(async (within) => {
      await within.db.insertInto("projects").values({ name: "Odd" }).execute();
      const after = { name: "a\0b\ud800c", literal: "\\u0000 \\ud800", deep: [{ "k\0": "\udfff" }] };
      within.record({ action: "project.created", target: { kind: "project", id: "odd" }, after });
    }),
  );
  expect((await events()).at(-1)?.after).toEqual({ name: "abc", literal: "\\u0000 \\ud800", deep: [{ k: "" }] });
});
