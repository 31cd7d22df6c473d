import { fileURLToPath } from "node:url";
import { dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { migrate } from "rowhouse/migrations";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { inspectionSettings } from "../../src/doctor/inspection.ts";
import { loadChecks } from "../../src/doctor/load-checks.ts";
import { runDoctor } from "../../src/doctor/run-doctor.ts";
import type { Subject } from "../../src/doctor/subject.ts";
import { attacks } from "../../src/prove/attacks/attacks.ts";
import { readCatalog } from "../../src/prove/catalog/read-catalog.ts";
import { enterBySetting, openSession } from "../../src/prove/open-session.ts";
import { makeWorld } from "../../src/prove/rows/make-world.ts";
import { runProof } from "../../src/prove/run-proof.ts";
import { mutations, type Mutation } from "./mutations.ts";

const name = `mutations_${process.pid}_${Date.now().toString(36)}`;
const adminUrl = withDatabase(inject("postgresUrl"), name);
const sql = fileURLToPath(new URL("../../../../apps/web/sql", import.meta.url));
const rolesOf = (prefix: string) => ({
  owner: `${prefix}_owner`,
  runtime: `${prefix}_runtime`,
  identity: `${prefix}_identity`,
  operator: `${prefix}_operator`,
  worker: `${prefix}_worker`,
});
const roles = rolesOf(name);
const passwords = { runtime: "runtime-password", identity: "identity-password", operator: "operator-password" };
const subject: Subject = {
  appRoles: [roles.runtime],
  tenantColumn: "organization_id",
  organizationsTable: "rowhouse.organizations",
  contextSettings: ["rowhouse.organization_id"],
};

let admin: pg.Client;
let meant: ReadonlySet<string>;
let checks: Awaited<ReturnType<typeof loadChecks>>;

beforeAll(async () => {
  await ensureDatabase(inject("postgresUrl"), name);
  await migrate({
    adminUrl,
    roles,
    passwords,
    sources: [{ name: "web", folder: sql }],
    tables: { tenant: ["projects", "tasks"] },
  });
  admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  checks = await loadChecks();
  await admin.query("begin");
  meant = new Set((await examine(new Set())).map(({ cacheKey }) => cacheKey));
  await admin.query("rollback");
});
afterAll(async () => {
  await admin.end();
  await dropDatabase(inject("postgresUrl"), name);
  await withAdminClient(inject("postgresUrl"), async (server) => {
    for (const role of Object.values(roles)) await server.query(`drop role if exists ${role}`);
  });
});

/** What the doctor finds of this state of the transaction, beyond what is known. */
async function examine(known: ReadonlySet<string>) {
  await admin.query(`savepoint examined; set local transaction_read_only = on; ${inspectionSettings}`);
  const { findings } = await runDoctor(admin, { checks, subject, known });
  await admin.query("rollback to savepoint examined");
  return findings;
}

/** What a proof crosses on some relations. */
async function cross(objects: readonly string[]): Promise<string[]> {
  const wanted = objects.map((object) => (object === "database" || object.includes(".") ? object : `public.${object}`));
  const session = await openSession(admin, { role: roles.runtime, enter: enterBySetting(subject) });
  const world = await makeWorld(session, await readCatalog(admin, subject));
  const { cells } = await runProof(world, { attacks, only: (object) => wanted.includes(object) });
  return [
    ...new Set(cells.filter(({ verdict }) => verdict === "crossed").map(({ attack, object }) => `${attack} ${object}`)),
  ];
}

function write({ sql: statements }: Mutation): string {
  return statements
    .replaceAll(/\{\{(owner|runtime|operator)\}\}/g, (_all, role: "owner" | "runtime" | "operator") => roles[role])
    .replaceAll("{{database}}", name);
}

test("there are sixty at least, each another one", () => {
  expect(mutations.length).toBeGreaterThanOrEqual(60);
  expect(new Set(mutations.map(({ sql: statements }) => statements)).size).toBe(mutations.length);
});

describe("one change of our own schema at a time is caught", () => {
  test.each(mutations)("$title", async (mutation) => {
    await admin.query("begin");
    try {
      await admin.query(write(mutation));
      const found = await examine(meant);
      const crossed = mutation.crossed === undefined ? null : await cross(mutation.crossed);
      if (crossed !== null) expect(crossed, "the proof").not.toEqual([]);
      else expect(found, "the doctor").not.toEqual([]);
      if (process.argv.includes("tell")) process.stdout.write(`${found.length} ${crossed?.length}\n`);
    } finally {
      await admin.query("rollback");
    }
  });
});
