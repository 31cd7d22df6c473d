import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { migrate } from "rowhouse/migrations";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Subject } from "../../src/doctor/subject.ts";
import { attacks } from "../../src/prove/attacks/attacks.ts";
import { readCatalog } from "../../src/prove/catalog/read-catalog.ts";
import { enterBySetting, openSession } from "../../src/prove/open-session.ts";
import { makeWorld } from "../../src/prove/rows/make-world.ts";
import { runProof } from "../../src/prove/run-proof.ts";
import { roleNames } from "../fixture/role-names.ts";
import { runHere } from "../fixture/run-here.ts";

const name = `mixed_${process.pid}_${Date.now().toString(36)}`;
const adminUrl = withDatabase(inject("postgresUrl"), name);
const roles = roleNames(name);
const tables = {
  tenant: ["notes"],
  mixed: ["templates"],
  unowned: ["notes"],
  column: "tenant_id",
};
const subject: Subject = {
  appRoles: [roles.runtime],
  tenantColumn: "tenant_id",
  organizationsTable: "rowhouse.organizations",
  contextSettings: ["rowhouse.organization_id"],
};
const given = ["--url", adminUrl, "--app-role", roles.runtime, "--tenant-column", "tenant_id"];

let admin: pg.Client;

beforeAll(async () => {
  await ensureDatabase(inject("postgresUrl"), name);
  await migrate({ adminUrl, roles });
  admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`
    create table templates (
      tenant_id uuid references rowhouse.organizations (id) on delete cascade, id uuid primary key default gen_random_uuid(),
      body text not null, unique (tenant_id, id));
    create table notes (
      tenant_id uuid references rowhouse.organizations (id) on delete cascade, id uuid primary key default gen_random_uuid(),
      template_id uuid references templates (id), own_template_id uuid, body text not null,
      foreign key (tenant_id, own_template_id) references templates (tenant_id, id));
    create index on notes (tenant_id);
    insert into templates (body) values ('everybody''s');
    insert into notes (body, template_id) select 'nobody''s', id from templates`);
  await migrate({ adminUrl, roles, tables });
});

afterAll(async () => {
  await admin.end();
  await dropDatabase(inject("postgresUrl"), name);
});

const findings = async (): Promise<string[]> => {
  const { out } = await runHere(["doctor", ...given, "--format", "json"]);
  const report = JSON.parse(out) as { findings: { check: string; object: string; detail: string }[] };
  return report.findings
    .filter(({ object }) => object.startsWith("public."))
    .map(({ check, object }) => `${check} ${object}`)
    .sort();
};

const tried = [
  "row-of-nobody",
  "no-context",
  "select-all",
  "update-all",
  "foreign-key-reference",
  "foreign-key-oracle",
];

/** What was not held of the attacks that have to do with rows of nobody. */
async function notHeld(change = ""): Promise<string[]> {
  await admin.query("begin");
  try {
    await admin.query(change);
    const session = await openSession(admin, { role: roles.runtime, enter: enterBySetting(subject) });
    const catalog = await readCatalog(admin, subject);
    const ours = {
      ...catalog,
      tenantTables: catalog.tenantTables.filter(
        ({ schema, name: table }) => schema === "public" || table === "organizations",
      ),
    };
    const world = await makeWorld(session, ours);
    const { cells } = await runProof(world, { attacks: attacks.filter((attack) => tried.includes(attack.name)) });
    const own = cells.filter(({ object }) => object.startsWith("public."));
    expect(new Set(own.map(({ attack }) => attack))).toEqual(new Set(tried));
    return own
      .filter(({ verdict }) => verdict !== "held")
      .map(({ verdict, attack, object, about, detail }) => [verdict, attack, object, about, detail].join(" "));
  } finally {
    await admin.query("rollback");
  }
}

test("a mixed table and rows of nobody that were left are no finding of the doctor's, and what opens them is", async () => {
  expect(await findings()).toEqual(["RH0210 public.notes"]);
  await admin.query(`alter table notes disable trigger "Own_notes_template_id_fkey"`);
  expect(await findings()).toContain("RH0501 public.notes");
  await admin.query(`alter table notes enable trigger "Own_notes_template_id_fkey"`);
});

test("prove reads everybody's rows as nobody's, and finds who writes them", async () => {
  expect(await notHeld()).toEqual([]);
  const opened = `drop policy tenant_floor_delete on templates;
    create policy hole on templates for delete using (tenant_id is null)`;
  expect(await notHeld(opened)).toEqual([expect.stringMatching(/^crossed row-of-nobody public\.templates delete/)]);
  const loose = `alter table notes disable trigger "Own_notes_template_id_fkey"`;
  expect(await notHeld(loose)).toContainEqual(
    expect.stringMatching(/^crossed foreign-key-reference public\.notes notes_template_id_fkey/),
  );
}, 60_000);
