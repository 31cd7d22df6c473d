import { fileURLToPath } from "node:url";
import { dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { migrate } from "rowhouse/migrations";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { inspectionSettings } from "../../src/doctor/inspection.ts";
import { loadChecks } from "../../src/doctor/load-checks.ts";
import { runDoctor } from "../../src/doctor/run-doctor.ts";
import type { Subject } from "../../src/doctor/subject.ts";
import type { Attack } from "../../src/prove/attack.ts";
import { attacks } from "../../src/prove/attacks/attacks.ts";
import { isTable } from "../../src/prove/catalog/catalog.ts";
import { readCatalog } from "../../src/prove/catalog/read-catalog.ts";
import { enterBySetting, openSession } from "../../src/prove/open-session.ts";
import { makeWorld } from "../../src/prove/rows/make-world.ts";
import { runProof } from "../../src/prove/run-proof.ts";
import type { World } from "../../src/prove/world.ts";
import { roleNames } from "../fixture/role-names.ts";
import type { Crossing, Mutation } from "./mutation.ts";
import { mutations } from "./mutations.ts";

const name = `mutations_${process.pid}_${Date.now().toString(36)}`;
const adminUrl = withDatabase(inject("postgresUrl"), name);
const sql = fileURLToPath(new URL("../../../../apps/web/sql", import.meta.url));
const roles = roleNames(name);
const passwords = { runtime: "runtime-password", identity: "identity-password", operator: "operator-password" };
const subject: Subject = {
  appRoles: [roles.runtime],
  tenantColumn: "organization_id",
  organizationsTable: "rowhouse.organizations",
  contextSettings: ["rowhouse.organization_id"],
};

let admin: pg.Client;
let checks: Awaited<ReturnType<typeof loadChecks>>;
/** What the doctor says of the schema as it is. */
let meant: ReadonlySet<string>;
/** Two organizations, which most mutations leave as they are. */
let world: World;

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
  meant = new Set((await examine(checks, new Set())).map(({ cacheKey }) => cacheKey));
  world = await populate();
});
afterAll(async () => {
  await admin.end();
  await dropDatabase(inject("postgresUrl"), name);
  await withAdminClient(inject("postgresUrl"), async (server) => {
    for (const role of Object.values(roles)) await server.query(`drop role if exists ${role}`);
  });
});

async function examine(some: typeof checks, known: ReadonlySet<string>) {
  await admin.query(`savepoint examined; set local transaction_read_only = on; ${inspectionSettings}`);
  const { findings } = await runDoctor(admin, { checks: some, subject, known });
  await admin.query("rollback to savepoint examined");
  return findings;
}

async function populate(): Promise<World> {
  const session = await openSession(admin, { role: roles.runtime, enter: enterBySetting(subject) });
  const made = await makeWorld(session, await readCatalog(admin, subject));
  // A table with a check that waits for the end of the transaction cannot be altered.
  await admin.query("set constraints all immediate");
  return made;
}

/** The codes of what is found beyond what is meant, of the one check that should. */
async function find(code: string): Promise<string[]> {
  const some = checks.filter((check) => check.code === code);
  return (await examine(some, meant)).map(({ check }) => check);
}

/** Where the attacks that should cross do, each tried only where it should. */
async function cross(wanted: readonly Crossing[], where: World): Promise<string[]> {
  const { cells } = await runProof(where, {
    attacks: attacks.map((attack) => only(attack, wanted)),
    only: (each) => wanted.some(([, object]) => object === each),
  });
  return cells.filter(({ verdict }) => verdict === "crossed").map(({ attack, object }) => `${attack} ${object}`);
}

function only(attack: Attack, wanted: readonly Crossing[]): Attack {
  return {
    ...attack,
    plan: (relation, catalog) => {
      const here = attack.scope === "database" ? "database" : `${relation.schema}.${relation.name}`;
      const asked = wanted.filter(([name, object]) => name === attack.name && object === here);
      const planned = asked.length === 0 ? [] : attack.plan(relation, catalog);
      return typeof planned === "string"
        ? planned
        : planned.filter(({ about }) => asked.some(([, , wantedAbout]) => (wantedAbout ?? about) === about));
    },
  };
}

/** The world after a mutation: the same rows, or with rows of a table that is new. */
async function mutated(): Promise<World> {
  const catalog = await readCatalog(admin, subject);
  const isNew = catalog.tenantTables.some((each) => isTable(each) && !world.catalog.byOid.has(each.oid));
  return isNew ? populate() : { ...world, catalog };
}

function write({ sql: statements }: Mutation): string {
  return statements
    .replaceAll(/\{\{(owner|runtime|operator)\}\}/g, (_all, role: "owner" | "runtime" | "operator") => roles[role])
    .replaceAll("{{database}}", name);
}

test("there are sixty at least, each another one, and the doctor and the proofs both catch a fair share of them", () => {
  expect(new Set(mutations.map(({ sql: statements }) => statements)).size).toBe(mutations.length);
  expect(mutations.length).toBeGreaterThanOrEqual(80);
  expect(mutations.filter(({ found }) => found !== undefined).length).toBeGreaterThanOrEqual(75);
  expect(mutations.filter(({ crossed }) => crossed !== undefined).length).toBeGreaterThanOrEqual(30);
});

test("none of the attacks crosses in the schema as it is", async () => {
  const wanted = mutations.flatMap(({ crossed }) => (crossed === undefined ? [] : [crossed]));
  expect(await cross(wanted, world)).toEqual([]);
});

describe("one change of our own schema at a time is caught", () => {
  test.each(mutations)("$title", async (mutation) => {
    const { found, crossed } = mutation;
    await admin.query("savepoint mutation");
    try {
      await admin.query(write(mutation));
      if (found !== undefined) expect(await find(found), "the doctor").toContain(found);
      if (crossed !== undefined)
        expect(await cross([crossed], await mutated()), "the proof").toContain(crossed.slice(0, 2).join(" "));
      expect(found ?? crossed, "nobody was asked").toBeDefined();
    } finally {
      await admin.query("rollback to savepoint mutation");
    }
  });
});
