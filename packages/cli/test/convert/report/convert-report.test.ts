import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { runConversion } from "../../../src/convert/run/run-conversion.ts";
import { validateAsReached } from "../../../src/convert/validate/validate-as-reached.ts";
import type { PhaseName } from "../../../src/convert/plan.ts";
import { runHere } from "../../fixture/run-here.ts";
import { convertedPlan as plan } from "../validate/converted-plan.ts";

const server = inject("postgresUrl");
const name = "convert_report";
const url = withDatabase(server, name);
const validated: string[] = [];

beforeAll(async () => {
  await ensureDatabase(server, name);
  const old = await readFile(new URL("../validate/old.sql", import.meta.url), "utf8");
  await withAdminClient(url, (admin) => admin.query(old));
});

afterAll(() => dropDatabase(server, name));

it("a database without a conversion is told so, and what begins one", async () => {
  for (const command of ["validate", "report"]) {
    const { code, error } = await runHere(["convert", command], url);
    expect({ code, error }).toEqual({
      code: 2,
      error: expect.stringMatching(/^NOT_FOUND: .*rowhouse convert run/) as string,
    });
  }
});

it("a conversion has nothing wrong after any of its phases", async () => {
  await run("organizations");
  expect(await withAdminClient(url, (admin) => validateAsReached(admin, plan))).toEqual([]);
  // A run refuses to go on where its own validations find anything.
  await run("hard-isolation");
  expect(validated).toEqual(["backfill", "constrain", "validate", "hard-isolation"]);
  const { code, out } = await runHere(["convert", "validate", "--plan", "plan.yaml"], url);
  expect({ code, out }).toEqual({ code: 0, out: "Nothing is wrong after the phase hard-isolation.\n" });
}, 60_000);

it("validate ends with 1 and names the rows when something is wrong", async () => {
  await withAdminClient(url, async (admin) => {
    await admin.query("set session_replication_role = replica");
    await admin.query(
      "update notes set organization_id = (select organization_id from notes where id = 2) where id = 1",
    );
  });
  const { code, out } = await runHere(["convert", "validate", "--format", "json"], url);
  const { reached, findings } = JSON.parse(out) as { reached: string; findings: { rule: string; sample: string[] }[] };
  expect({ code, reached }).toEqual({ code: 1, reached: "hard-isolation" });
  expect(findings.find(({ rule }) => rule === "wrong-organization")?.sample).toEqual(["1"]);
});

it("the report tells each phase, each table with its reason, what is wrong, what comes next and the way back", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "rowhouse-report-"));
  try {
    const file = path.join(folder, "report.html");
    const { code, out } = await runHere(["convert", "report", "--html", file], url);
    expect(code).toBe(0);
    for (const said of [
      "hard-isolation  done",
      "contract        to come",
      "wrong-organization",
      "Way back: rowhouse convert rollback",
    ])
      expect(out).toContain(said);
    const page = await readFile(file, "utf8");
    expect(page).toContain("<td>after backfill</td>");
    for (const said of ["public.&quot;Task&quot;", "hard-isolation", "wrong-organization", "rowhouse convert rollback"])
      expect(page).toContain(said);
    expect(page, "nothing is loaded from anywhere").not.toMatch(/src=|https?:\/\//);
  } finally {
    await rm(folder, { recursive: true });
  }
});

async function run(until: PhaseName): Promise<void> {
  await runConversion(url, {
    plan,
    until,
    agreed: false,
    throttle: false,
    validate: (client, { phase }) => {
      validated.push(phase);
      return validateAsReached(client, plan);
    },
  });
}
