import { ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { withInspection } from "../packages/cli/src/database/with-inspection.ts";
import { findSubject } from "../packages/cli/src/doctor/find-subject.ts";
import { loadChecks, type Check } from "../packages/cli/src/doctor/load-checks.ts";
import { runDoctor } from "../packages/cli/src/doctor/run-doctor.ts";
import { openServer } from "./database/open-server.ts";

const tables = 5_000;
const policiesEach = 4;
const targetSeconds = 10;
/** So many a transaction, or the server runs out of room for their locks. */
const batch = 50;

await main();

/** How long the doctor takes for a database of 5,000 tables and 20,000 policies, each of which says something of its own. */
async function main(): Promise<void> {
  await using server = await openServer();
  await ensureDatabase(server.url, "bench_doctor");
  const url = withDatabase(server.url, "bench_doctor");
  console.error(`making ${tables} tables with ${tables * policiesEach} policies`);
  await makeTables(url);
  const durations: { readonly code: string; readonly ms: number }[] = [];
  const checks = (await loadChecks()).map((check) => timed(check, (ms) => durations.push({ code: check.code, ms })));
  const start = performance.now();
  const report = await withInspection(url, async (client) => {
    const { subject } = await findSubject(client, {});
    return runDoctor(client, { checks, subject, known: new Set() });
  });
  const seconds = (performance.now() - start) / 1000;
  const slowest = durations.toSorted((left, right) => right.ms - left.ms).slice(0, 10);
  console.log(slowest.map(({ code, ms }) => `${code} ${Math.round(ms)} ms`).join("\n"));
  const { summary } = report;
  for (const { check, reason } of report.inconclusive) console.log(`${check} could not be made: ${reason}`);
  const verdict = seconds < targetSeconds && summary.inconclusive === 0 ? "kept" : "**missed**";
  console.log(
    `${summary.checks} checks, ${report.findings.length} findings: ${seconds.toFixed(1)} s, target ${targetSeconds} s: ${verdict}`,
  );
  if (verdict !== "kept") process.exitCode = 1;
}

function timed(check: Check, onDone: (ms: number) => void): Check {
  return {
    ...check,
    find: async (inspection) => {
      const start = performance.now();
      try {
        return await check.find(inspection);
      } finally {
        onDone(performance.now() - start);
      }
    },
  };
}

async function makeTables(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(`create role bench_doctor_app login; create table organizations (id uuid primary key)`);
    for (let first = 0; first < tables; first += batch)
      await admin.query(Array.from({ length: batch }, (_, index) => makeTable(first + index)).join(";\n"));
  } finally {
    await admin.end();
  }
}

/** A tenant table in the middle of things: a parent, two indexes, and policies that no other table has word by word. */
function makeTable(number: number): string {
  const name = `table_${number}`;
  const parent = number === 0 ? undefined : `table_${Math.floor(number / 2)}`;
  const own = "organization_id = (select nullif(current_setting('app.org', true), '')::uuid)";
  const parentKey = "foreign key (organization_id, parent_id) references";
  const policies = ["select", "update", "delete", "all"].map(
    (command) => `create policy p_${command} on ${name} for ${command} using (${own} and number_${number} >= 0)`,
  );
  return [
    `create table ${name} (organization_id uuid not null references organizations, id uuid not null, parent_id uuid,
       number_${number} integer not null default 0, title text, primary key (organization_id, id)
       ${parent === undefined ? "" : `, ${parentKey} ${parent} (organization_id, id)`})`,
    `create index on ${name} (organization_id, title)`,
    `alter table ${name} enable row level security, force row level security`,
    ...policies,
    `grant select, insert, update, delete on ${name} to bench_doctor_app`,
  ].join(";\n");
}
