import { fileURLToPath } from "node:url";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { migrate } from "rowhouse/migrations";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runHere } from "../fixture/run-here.ts";

const name = `sealed_${process.pid}_${Date.now().toString(36)}`;
const adminUrl = withDatabase(inject("postgresUrl"), name);
const sql = fileURLToPath(new URL("../../../../apps/web/sql", import.meta.url));
const roles = {
  owner: `${name}_owner`,
  runtime: `${name}_runtime`,
  identity: `${name}_identity`,
  operator: `${name}_operator`,
  worker: `${name}_worker`,
};
const given = ["--url", adminUrl, "--app-role", roles.runtime];
const change = async (seal: { keys: string[] } | "off"): Promise<void> => {
  const tables = { tenant: ["projects", "tasks"] };
  await migrate({ adminUrl, roles, sources: [{ name: "web", folder: sql }], tables, seal });
};
const findings = async (): Promise<string[]> => {
  const { out } = await runHere(["doctor", ...given, "--format", "json", "--min-level", "info"]);
  const report = JSON.parse(out) as { findings: { check: string; object: string }[] };
  return report.findings.map((x) => JSON.stringify(x)).sort();
};

beforeAll(async () => {
  await ensureDatabase(inject("postgresUrl"), name);
});

afterAll(async () => {
  await dropDatabase(inject("postgresUrl"), name);
});

test("x", async () => {
  await change("off");
  const before = await findings();
  await change({ keys: ["a key of a test with more than 32 characters"] });
  const after = await findings();
  console.log("NEW", after.filter((x) => !before.includes(x)).join("\n"));
  console.log("GONE", before.filter((x) => !after.includes(x)).join("\n"));
  const proof = await runHere(["prove", ...given]);
  console.log(proof.out.slice(-6000), proof.error);
}, 120_000);
