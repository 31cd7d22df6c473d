import { readFile } from "node:fs/promises";
import { dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { PhaseName } from "../../../src/convert/plan.ts";
import type { Wait } from "../../../src/convert/run/find-holder.ts";
import { Pace } from "../../../src/convert/run/pace.ts";
import { runConversion } from "../../../src/convert/run/run-conversion.ts";
import { convertedPlan as plan } from "../validate/converted-plan.ts";

const server = inject("postgresUrl");
const url = withDatabase(server, "convert_hot");

/** Somebody of the application who does not come to an end. */
let other: pg.Client;
let otherPid: number;
let said: string[] = [];

beforeAll(async () => {
  await ensureDatabase(server, "convert_hot");
  const old = await readFile(new URL("../validate/old.sql", import.meta.url), "utf8");
  await withAdminClient(url, (admin) => admin.query(old));
  other = new pg.Client({ connectionString: url });
  await other.connect();
  const { rows } = await other.query<{ pid: number }>("select pg_backend_pid() as pid");
  otherPid = rows[0]?.pid ?? 0;
});

afterAll(async () => {
  await other.end();
  await dropDatabase(server, "convert_hot");
});

it("a writer who does not come to an end is named while the run waits and when it gives up, and the table stays as it was", async () => {
  await other.query("begin; update notes set body = body");
  await expect(run("triggers", 1000)).rejects.toMatchObject({
    code: "CONVERSION_BLOCKED",
    message: expect.stringMatching(
      new RegExp(`^process ${otherPid}, .* holds notes: begin; update notes .*pg_terminate_backend\\(${otherPid}\\)`),
    ) as string,
  });
  expect(
    said.filter((one) => one.startsWith(`triggers:column:public.notes waits: attempt 1: process ${otherPid},`)),
  ).toHaveLength(1);
  await withAdminClient(url, async (admin) => {
    const made = await admin.query(
      "select from pg_attribute where attrelid = 'notes'::regclass and attname = 'organization_id'",
    );
    expect(made.rowCount).toBe(0);
    const waits = await admin.query(
      "select from rowhouse_convert.log where kind = 'wait' and step = 'triggers:column:public.notes'",
    );
    expect(waits.rowCount, "told once, however often it tried").toBe(1);
  });
  await other.query("commit");
  expect((await run("triggers")).reached).toBe("triggers");
}, 60_000);

it("who holds rows that are to be filled is named while the backfill waits and when it gives up", async () => {
  await other.query("begin; update notes set body = body");
  await expect(run("backfill", 1000)).rejects.toMatchObject({
    code: "CONVERSION_BLOCKED",
    message: expect.stringMatching(
      new RegExp(`^Rows of public.notes stay locked: .*process ${otherPid}, .*pg_terminate_backend\\(${otherPid}\\)`),
    ) as string,
  });
  expect(said.some((one) => one.startsWith(`backfill:public.notes waits: process ${otherPid},`))).toBe(true);
  await other.query("commit");
}, 60_000);

it("a replica that falls behind is named as long as the backfill waits for it", async () => {
  // As no second server is at hand, a view stands before the server's own.
  await other.query(`create schema fake; create sequence fake.looks;
    create view fake.pg_stat_replication as select 'east' as application_name, interval '12 s' as replay_lag, '0/0'::pg_lsn as replay_lsn where nextval('fake.looks') < 3;
    set search_path = fake, public, pg_catalog`);
  const waits: Wait[] = [];
  const pace = new Pace(other, { throttle: true, onWait: (wait) => void waits.push(wait) });
  await expect
    .poll(() => pace.after(1).then(() => waits), { timeout: 10_000 })
    .toEqual(Array(2).fill({ by: "replica east", why: "replica east is 12 s behind" }));
  await other.query("reset search_path; drop schema fake cascade");
}, 60_000);

it("a reader whose transaction stays open is named while an index waits for it, and a second run builds what the first could not", async () => {
  await run("backfill");
  await other.query("begin transaction isolation level repeatable read; select from teams");
  await expect(run("index", 3000)).rejects.toMatchObject({
    code: "CONVERSION_BLOCKED",
    message: expect.stringContaining(`pg_terminate_backend(${otherPid})`) as string,
  });
  expect(said.some((one) => /^index:.* waits: process /.test(one))).toBe(true);
  await other.query("rollback");
  await run("index");
  const invalid = await withAdminClient(url, (admin) => admin.query("select from pg_index where not indisvalid"));
  expect(invalid.rowCount).toBe(0);
}, 60_000);

async function run(until: PhaseName, patience = 60_000) {
  said = [];
  return runConversion(url, {
    plan,
    until,
    agreed: true,
    throttle: false,
    patience,
    report: (_share, doing) => void said.push(doing),
  });
}
