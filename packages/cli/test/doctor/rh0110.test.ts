import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Inspection, type RawFinding } from "../../src/doctor/inspection.ts";
import { openDoctorFixture, type DoctorDatabase, type DoctorFixture } from "./doctor-fixture.ts";

const statement = await readFile(new URL("../../checks/rh0110.sql", import.meta.url), "utf8");
const asked = "current_setting('server_version_num')";

let fixture: DoctorFixture;
let database: DoctorDatabase;
beforeAll(async () => {
  fixture = await openDoctorFixture("rh0110");
  database = await fixture.open();
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** The statement's answer, were the server of that version: the one thing that it asks of the server is put in. */
function findOn(version: number): Promise<RawFinding[]> {
  expect(statement.split(asked)).toHaveLength(2);
  return new Inspection(database.admin, fixture.subject).findings(statement.replace(asked, `'${version}'`));
}

describe("RH0110 server-lacks-row-security-fix", () => {
  test.each([150019, 150020, 160015, 170011, 180006, 190000])("%i has every fix", async (version) => {
    expect(await findOn(version)).toEqual([]);
  });

  test.each([150018, 160014, 170010, 180005])(
    "%i lacks what concerns roles, and no policy names one",
    async (version) => {
      const [finding, ...others] = await findOn(version);
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ level: "warn", object: "server", fix: null });
      expect(finding?.detail).toContain("CVE-2026-14666");
      expect(finding?.detail).not.toContain("CVE-2025-8713");
    },
  );

  test.each([150013, 160009, 170005])("%i shows statistics of hidden rows to every role", async (version) => {
    const [finding] = await findOn(version);
    expect(finding?.level).toBe(null);
    expect(finding?.detail).toContain("CVE-2025-8713");
  });

  test("a version without fixes is an error", async () => {
    expect(await findOn(140099)).toMatchObject([{ level: null, object: "server" }]);
  });

  test("a policy for one role makes an error of what concerns roles", async () => {
    await database.admin.query(fixture.name("create policy by_role on tasks for select to {{app}} using (false)"));
    expect(await findOn(180005)).toMatchObject([{ level: null, object: "server" }]);
    await database.admin.query("drop policy by_role on tasks");
  });

  test("the server is asked for its own version", async () => {
    const { rows } = await database.admin.query<{ version: string }>(
      "select current_setting('server_version_num') as version",
    );
    const version = Number(rows[0]?.version);
    const inspection = new Inspection(database.admin, fixture.subject);
    expect(await inspection.findings(statement)).toEqual(await findOn(version));
  });
});
