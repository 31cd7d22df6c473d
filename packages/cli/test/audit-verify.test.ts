import { fileURLToPath } from "node:url";
import { ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { definePermissions, defineTenancy } from "rowhouse";
import { migrate } from "rowhouse/migrations";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { runHere } from "./fixture/run-here.ts";
import { runRowhouse } from "./fixture/run-rowhouse.ts";

const name = `cli_${process.pid}_${Date.now().toString(36)}`;
const adminUrl = withDatabase(inject("postgresUrl"), name);
const passwords = { runtime: "runtime-password", identity: "identity-password", operator: "operator-password" };
const owner = "0190a0a0-0000-7000-8000-000000000001";
const productSql = fileURLToPath(new URL("../../rowhouse/test/fixture/sql", import.meta.url));
const tables = { tenant: ["projects", "tasks"], mixed: ["presets"], global: ["plans"] } as const;
let admin: pg.Client;

interface FixtureTables {
  projects: { id: string; organizationId: string };
  tasks: { id: string; organizationId: string };
  presets: { id: string; organizationId: string | null };
  plans: { code: string };
}

beforeAll(async () => {
  await ensureDatabase(inject("postgresUrl"), name);
  await migrate({ adminUrl, passwords, sources: [{ name: "fixture", folder: productSql }], tables });
  admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const permissions = definePermissions({ resources: {}, roles: { owner: ["*"], admin: [], member: [], viewer: [] } });
  await using tenancy = defineTenancy<FixtureTables, string>({
    database: { url: asRole("runtime") },
    tables,
    permissions,
  });
  for (const company of ["Acme", "Globex"]) {
    const { slug } = await tenancy.createOrganization({ name: company, user: owner });
    for (const id of ["1", "2", "3"]) {
      await tenancy.enter({ organization: slug, user: owner }, (tenant) =>
        tenant.transaction(async (within) =>
          within.record({ action: "project.created", target: { kind: "project", id } }),
        ),
      );
    }
  }
});

afterAll(async () => {
  await admin.end();
  const server = new pg.Client({ connectionString: inject("postgresUrl") });
  await server.connect();
  await server.query(`drop database ${name} with (force)`);
  await server.end();
});

function asRole(role: keyof typeof passwords): string {
  const url = new URL(adminUrl);
  url.username = `rowhouse_${role}`;
  url.password = passwords[role];
  return url.href;
}

it("whole chains end with 0 and print each head, by the operator's URL out of the environment", async () => {
  const { code, out, error } = await runRowhouse(["audit", "verify"], { ROWHOUSE_DATABASE_URL: asRole("operator") });
  expect(error).toBe("");
  expect(out).toMatch(
    /^acme: ok, 4 events, head [0-9a-f]{64}\nglobex: ok, 4 events, head [0-9a-f]{64}\n2 organizations, every chain is whole\.\n$/,
  );
  expect(code).toBe(0);
});

it("a broken chain ends with 1 and names its first broken event, in text and in JSON, hashed there and here", async () => {
  const editThird = `update rowhouse.audit_events set target_id = $1
    where sequence = 3 and organization_id = (select id from rowhouse.organizations where slug = 'globex')`;
  await admin.query(editThird, ["forged"]);
  try {
    const text = await runRowhouse(["audit", "verify", "--database-url", adminUrl]);
    expect(text.out).toContain(
      "globex: BROKEN at event 3: it is not what was written there (edited)\n2 organizations, 1 broken.\n",
    );
    expect(text.out).toMatch(/^acme: ok, /);
    expect(text.code).toBe(1);
    const json = await runHere([
      "audit",
      "verify",
      "--independent",
      "--json",
      "--organization",
      "globex",
      "--database-url",
      adminUrl,
    ]);
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      organizations: [{ slug: "globex", ok: false, sequence: 3, problem: "edited" }],
    });
    expect(json.code).toBe(1);
  } finally {
    await admin.query(editThird, ["2"]);
  }
});

it("a head from an earlier run is expected with --expect, and one that is no part of the chain ends with 1", async () => {
  const first = await runHere(["audit", "verify", "--organization", "acme", "--json", "--database-url", adminUrl]);
  const head = (JSON.parse(first.out) as { organizations: { head: string }[] }).organizations[0]?.head ?? "";
  const verify = ["audit", "verify", "--organization", "acme", "--database-url", adminUrl, "--expect"];
  expect(await runHere([...verify, head])).toMatchObject({ code: 0 });
  const other = await runHere([...verify, "0".repeat(64)]);
  expect(other).toMatchObject({ code: 1 });
  expect(other.out).toContain("(head-mismatch)");
});

it("a role that row security narrows is refused, not told that all is well", async () => {
  const { code, out, error } = await runRowhouse(["audit", "verify", "--database-url", asRole("runtime")]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(error).toMatch(/^UNSAFE_DATABASE: Row security hides events from rowhouse_runtime\./);
});

it.each<[string, string[], RegExp]>([
  ["no database", [], /^INVALID_SETTINGS: No database was named/],
  [
    "an address that is none",
    ["--database-url", "mysql://root:hunter2@localhost/x"],
    /^INVALID_SETTINGS: (?!.*hunter2)/,
  ],
  [
    "a database that cannot be reached",
    ["--database-url", "postgres://x:hunter2@127.0.0.1:1/x"],
    /^DATABASE_UNREACHABLE: (?!.*hunter2)/,
  ],
  [
    "a database without an audit log",
    ["--database-url", inject("postgresUrl")],
    /^UNSAFE_DATABASE: There is no audit log/,
  ],
  ["an unknown organization", ["--database-url", adminUrl, "--organization", "nobody"], /^NOT_FOUND: /],
  [
    "an expected head without its organization",
    ["--database-url", adminUrl, "--expect", "0".repeat(64)],
    /^INVALID_INPUT: /,
  ],
  [
    "an expected head that is no hash",
    ["--database-url", adminUrl, "--organization", "acme", "--expect", "x"],
    /^INVALID_INPUT: /,
  ],
  ["an unknown flag", ["--nope"], /^error: unknown option/],
])("%s ends with 2 and one line", async (_, flags, message) => {
  const { code, out, error } = await runHere(["audit", "verify", ...flags]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(error).toMatch(message);
  expect(error.trim().split("\n")).toHaveLength(1);
});

it("help ends with 0", async () => {
  const { code, out } = await runHere(["audit", "verify", "--help"]);
  expect(code).toBe(0);
  expect(out).toMatch(/--database-url[\s\S]*--organization[\s\S]*--expect[\s\S]*--independent[\s\S]*--json/);
});
