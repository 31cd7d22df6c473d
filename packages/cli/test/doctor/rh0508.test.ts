import { afterAll, beforeAll, expect, test } from "vitest";
import { loadChecks } from "../../src/doctor/load-checks.ts";
import { runDoctor } from "../../src/doctor/run-doctor.ts";
import { openDoctorFixture, type DoctorFixture } from "./doctor-fixture.ts";

let fixture: DoctorFixture;
beforeAll(async () => {
  fixture = await openDoctorFixture("stray");
});
afterAll(() => fixture[Symbol.asyncDispose]());

test("a role whose reading is filtered finds nothing out, and the report says so", async () => {
  const { findings, inconclusive } = await lookAs("{{app}}");
  expect(findings).toEqual([]);
  expect(inconclusive).toEqual([
    {
      check: "RH0508",
      name: "rows-across-tenants",
      reason:
        "Row security filters what the looking role reads, for one the table public.tasks. Look as a role with BYPASSRLS.",
    },
  ]);
});

test("a role that reads every row is sure", async () => {
  expect((await lookAs("none")).inconclusive).toEqual([]);
});

async function lookAs(role: string) {
  await using database = await fixture.open();
  const checks = (await loadChecks()).filter(({ code }) => code === "RH0508");
  await database.admin.query(`
    insert into projects (organization_id, id, name) select id, id, 'Site' from organizations;
    insert into tasks (organization_id, project_id, title) select id, id, 'Plan' from organizations`);
  await database.admin.query("begin transaction read only; set local search_path = pg_catalog");
  await database.admin.query(fixture.name(`set local role ${role}`));
  return await runDoctor(database.admin, { checks, subject: fixture.subject, known: new Set() });
}
