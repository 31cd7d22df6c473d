import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { migrate } from "rowhouse/migrations";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Subject } from "../../src/doctor/subject.ts";
import { enterBySeal, isSealed } from "../../src/prove/open-session.ts";
import { roleNames } from "../fixture/role-names.ts";
import { runHere } from "../fixture/run-here.ts";

const name = `sealed_${process.pid}_${Date.now().toString(36)}`;
const adminUrl = withDatabase(inject("postgresUrl"), name);
const sql = fileURLToPath(new URL("../../../../apps/web/sql", import.meta.url));
const roles = roleNames(name);
const given = ["--url", adminUrl, "--app-role", roles.runtime];
const change = async (seal: { keys: string[] } | "off"): Promise<void> => {
  const tables = { tenant: ["projects", "tasks"] };
  await migrate({ adminUrl, roles, sources: [{ name: "web", folder: sql }], tables, seal });
};
const findings = async (): Promise<string[]> => {
  const { out } = await runHere(["doctor", ...given, "--format", "json", "--min-level", "info"]);
  const report = JSON.parse(out) as { findings: { check: string; object: string }[] };
  return report.findings.map(({ check, object }) => `${check} ${object}`).sort();
};

beforeAll(async () => {
  await ensureDatabase(inject("postgresUrl"), name);
  await change("off");
});

afterAll(async () => {
  await dropDatabase(inject("postgresUrl"), name);
});

test("sealing is no finding of the doctor's, and a floor that is believed without a seal still is one", async () => {
  const before = await findings();
  await change({ keys: ["a key of a test with more than 32 characters"] });
  expect(await findings()).toEqual(before);
  await withAdmin(async (admin) => {
    await admin.query("drop policy tenant_floor on projects");
    expect(await findings()).toContain("RH0312 public.projects");
  });
});

test("prove enters a sealed database with a seal", async () => {
  await withAdmin(async (admin) => {
    expect(await isSealed(admin)).toBe(true);
    const enter = enterBySeal({ contextSettings: ["rowhouse.organization_id"] } as unknown as Subject);
    const canary = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    const seen = async (organization: string): Promise<number | null> => {
      await admin.query("begin");
      for (const { text, values } of enter(organization)) await admin.query(text, [...values]);
      await admin.query(`set local role "${roles.runtime}"`);
      const outcome = await admin.query("select from rowhouse.canaries").catch(() => undefined);
      await admin.query("rollback");
      return outcome?.rowCount ?? null;
    };
    expect(await seen(canary)).toBe(1);
    expect(await seen(randomUUID())).toBe(0);
    expect(await seen("")).toBe(0);
    expect(await seen("garbage"), "refused").toBeNull();
  });
});

async function withAdmin(work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await work(admin).finally(() => admin.end());
}
