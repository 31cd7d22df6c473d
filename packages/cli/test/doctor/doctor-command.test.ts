import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/doctor/report.ts";
import { runHere } from "../fixture/run-here.ts";
import { openDoctorFixture, type DoctorDatabase, type DoctorFixture } from "./doctor-fixture.ts";

let fixture: DoctorFixture;
let clean: DoctorDatabase;
let leaky: DoctorDatabase;
let folder: string;

beforeAll(async () => {
  fixture = await openDoctorFixture("command");
  clean = await fixture.open();
  leaky = await fixture.open();
  await leaky.admin.query(fixture.name(await readFile(new URL("leaky.sql", import.meta.url), "utf8")));
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-doctor-"));
  await writeFile(path.join(folder, "server.json"), JSON.stringify(olderServer));
});
afterAll(async () => {
  await clean[Symbol.asyncDispose]();
  await leaky[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The embedded server lags behind the newest fixes, which is true and nothing of the database's. */
const olderServer = { known: ["RH0110|server|"] };
const doctor = (url: string, ...flags: string[]) => runHere(["doctor", "--url", url, ...flags]);
const reportOf = async (url: string, ...flags: string[]): Promise<Report> =>
  JSON.parse((await doctor(url, "--format", "json", ...flags)).out) as Report;

describe("a database without a hole", () => {
  test("ends with 0, and says what it took for what", async () => {
    const { code, out, error } = await doctor(
      clean.url,
      "--min-level",
      "info",
      "--baseline",
      path.join(folder, "server.json"),
    );
    expect({ code, error }).toEqual({ code: 0, error: "" });
    expect(out).toContain("the column that says whose a row is: organization_id");
    expect(out).toContain("the table of the organizations: public.organizations");
    expect(out).toContain(fixture.name("the role that serves tenants: {{app}}"));
    expect(out).toContain("the setting that names the tenant of a transaction: app.org");
    expect(out).toMatch(/\d+ checks for \S+: 0 errors, 0 warnings, 0 notes, 1 known and left out\.\n$/);
  });
});

describe("a database with holes", () => {
  test("ends with 1, and each finding has all that a machine needs", async () => {
    const { code, out } = await doctor(leaky.url, "--format", "json");
    expect(code).toBe(1);
    const { findings, summary, inconclusive } = JSON.parse(out) as Report;
    expect(inconclusive).toEqual([]);
    expect(summary.error).toBeGreaterThan(3);
    expect(findings).toContainEqual({
      check: "RH0301",
      name: "policy-always-true",
      level: "error",
      object: "public.projects",
      detail: 'Policy "everything" shows every row to every tenant: true.',
      fix: expect.stringContaining('alter policy "everything" on public.projects using (organization_id = ') as string,
      cacheKey: "RH0301|public.projects|everything",
    });
    const keys = findings.map(({ cacheKey }) => cacheKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("lists a baseline's findings no more, and new ones all the same", async () => {
    const file = path.join(folder, "baseline.json");
    expect(await doctor(leaky.url, "--write-baseline", file)).toMatchObject({ code: 0 });
    expect(await doctor(leaky.url, "--baseline", file)).toMatchObject({ code: 0 });
    await leaky.admin.query("create policy shared on notes for select using (body = 'shared')");
    const report = await reportOf(leaky.url, "--baseline", file);
    expect(report.findings.map(({ cacheKey }) => cacheKey)).toEqual(["RH0302|public.notes|shared"]);
    expect(report.summary.known).toBeGreaterThan(3);
    await leaky.admin.query("drop policy shared on notes");
  });

  test("is mended by the printed script, under which the application still works", async () => {
    const { code, out } = await doctor(leaky.url, "--fix", "--min-level", "info");
    expect(code).toBe(1);
    for (const statement of statementsOf(out)) await leaky.admin.query(statement);
    const { findings } = await reportOf(leaky.url);
    const errors = findings.filter(({ level, cacheKey }) => level === "error" && !olderServer.known.includes(cacheKey));
    expect(errors).toEqual([]);
    await work(leaky.url);
  });
});

/** As psql would send them: one by one, comments left out. */
function statementsOf(script: string): string[] {
  const code = script.replaceAll(/^--.*$/gm, "");
  return code.split(/;\n/).filter((statement) => statement.trim() !== "");
}

/** What the product does all day, as the role that serves tenants. */
async function work(url: string): Promise<void> {
  const served = new URL(url);
  served.username = fixture.name("{{app}}");
  served.password = "app";
  const client = new pg.Client({ connectionString: served.href });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("set local app.org = 'a0000000-0000-4000-8000-000000000001'");
    const project = await client.query<{ id: string }>(
      "insert into projects (organization_id, name) values ('a0000000-0000-4000-8000-000000000001', 'Site') returning id",
    );
    const id = project.rows[0]?.id;
    await client.query(
      "insert into tasks (organization_id, project_id, title) values ('a0000000-0000-4000-8000-000000000001', $1, 'Plan')",
      [id],
    );
    expect((await client.query("update tasks set done = true where title = 'Plan'")).rowCount).toBe(1);
    expect((await client.query("select * from tasks")).rowCount).toBe(1);
    expect((await client.query("delete from projects where id = $1", [id])).rowCount).toBe(1);
    const odd = await client.query<{ id: string }>(
      `insert into "a.b"."select" (organization_id, "Odd ""name""") values ('a0000000-0000-4000-8000-000000000001', 'Odd') returning id`,
    );
    await client.query(
      `insert into "a.b"."Odd ""name""" (organization_id, "from", "100%s") values ('a0000000-0000-4000-8000-000000000001', $1, 'All')`,
      [odd.rows[0]?.id],
    );
    expect((await client.query(`update "a.b"."Odd ""name""" set "100%s" = 'Half'`)).rowCount).toBe(1);
    expect((await client.query(`select * from "a.b"."View"`)).rowCount).toBe(1);
    await client.query("commit");
  } finally {
    await client.end();
  }
}

describe("the formats", () => {
  test("SARIF names each rule once and each place", async () => {
    const { out } = await doctor(leaky.url, "--format", "sarif", "--min-level", "info");
    const { version, runs } = JSON.parse(out) as {
      version: string;
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; level: string }[] }[];
    };
    expect(version).toBe("2.1.0");
    const [run] = runs;
    const rules = run?.tool.driver.rules.map(({ id }) => id) ?? [];
    expect(new Set(rules).size).toBe(rules.length);
    expect(run?.results.length).toBeGreaterThan(0);
    for (const { ruleId, level } of run?.results ?? []) {
      expect(rules).toContain(ruleId);
      expect(["error", "warning", "note"]).toContain(level);
    }
  });

  test("JUnit counts a finding as a failure", async () => {
    const { out } = await doctor(leaky.url, "--format", "junit", "--min-level", "info");
    const failures = out.match(/<failure /g)?.length ?? 0;
    expect(failures).toBeGreaterThan(0);
    expect(out).toContain(`failures="${failures}"`);
  });
});

describe("what cannot be looked at", () => {
  test("a role that may only connect sees as much as the administrator", async () => {
    await clean.admin.query("create role doctor_command_reader login password 'reader'");
    try {
      const url = new URL(clean.url);
      url.username = "doctor_command_reader";
      url.password = "reader";
      expect(await doctor(url.href, "--baseline", path.join(folder, "server.json"))).toMatchObject({
        code: 0,
        error: "",
      });
    } finally {
      await clean.admin.query("drop role doctor_command_reader");
    }
  });

  test.each<[string, string[], RegExp]>([
    ["no database", [], /^INVALID_SETTINGS: No database was named.*--url/],
    ["an address that is none", ["--url", "acme"], /^INVALID_SETTINGS: The database's address is no/],
    ["nobody there", ["--url", "postgres://a:b@127.0.0.1:1/x"], /^DATABASE_UNREACHABLE: /],
    [
      "a format that is none",
      ["--url", "postgres://x/y", "--format", "xml"],
      /Allowed choices are text, json, sarif, junit/,
    ],
    [
      "a baseline that is not there",
      ["--url", "postgres://x/y", "--baseline", "nowhere.json"],
      /^INVALID_INPUT: The baseline could not be read/,
    ],
  ])("%s ends with 2 and one line", async (_, flags, message) => {
    const { code, out, error } = await runHere(["doctor", ...flags]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toMatch(message);
  });

  test("a baseline that is none ends with 2", async () => {
    const file = path.join(folder, "other.json");
    await writeFile(file, "[1]");
    const { code, error } = await doctor(clean.url, "--baseline", file);
    expect({ code, error }).toEqual({ code: 2, error: expect.stringMatching(/is no baseline/) as string });
  });

  test("flags that name what is not there end with 2", async () => {
    expect(await doctor(clean.url, "--app-role", "nobody_at_all")).toMatchObject({
      code: 2,
      error: "INVALID_INPUT: The server has no role nobody_at_all.\n",
    });
    expect(await doctor(clean.url, "--organizations-table", "nowhere")).toMatchObject({
      code: 2,
      error: "INVALID_INPUT: There is no table nowhere. Name it with its schema.\n",
    });
  });
});
