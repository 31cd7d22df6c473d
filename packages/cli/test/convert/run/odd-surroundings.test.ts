import { readFile } from "node:fs/promises";
import { dropDatabase, ensureDatabase, pgBouncerPath, startPgBouncer, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { PhaseName, Plan } from "../../../src/convert/plan.ts";
import { openConversion } from "../../../src/convert/run/conversion-client.ts";
import { rollBack } from "../../../src/convert/run/roll-back.ts";
import { runConversion } from "../../../src/convert/run/run-conversion.ts";
import { validateAsReached } from "../../../src/convert/validate/validate-as-reached.ts";
import { runHere } from "../../fixture/run-here.ts";
import { schemaPicture } from "./schema-picture.ts";

const server = inject("postgresUrl");
const url = withDatabase(server, "convert_odd");
const runner = new URL(url);
runner.username = "convert_odd_runner";
runner.password = "odd";
const usersTable = `"App.Data %s"."User's ""list"""`;

let admin: pg.Client;
let plan: Plan;

beforeAll(async () => {
  await ensureDatabase(server, "convert_odd");
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(await readFile(new URL("odd-names.sql", import.meta.url), "utf8"));
  await admin.query("create role convert_odd_runner superuser login password 'odd'");
  const { out } = await runHere(["convert", "plan", "--users-table", usersTable, "--format", "json"], url);
  plan = JSON.parse(out) as Plan;
});

afterAll(async () => {
  await admin.end();
  await dropDatabase(server, "convert_odd");
  const main = new pg.Client({ connectionString: server });
  await main.connect();
  await main.query("drop role convert_odd_runner");
  await main.end();
});

it.each(["default_transaction_read_only = on", "session_replication_role = replica", "transaction_timeout = '1h'"])(
  "a role with %s is refused, with the statement that lets it in",
  async (setting) => {
    await admin.query(`alter role convert_odd_runner set ${setting}`);
    const refusal = await open(runner.href);
    const [statement] = /alter role convert_odd_runner set \w+ = '\w+'/.exec(refusal) ?? [];
    expect(statement, refusal).toBeDefined();
    await admin.query(statement ?? "");
    expect(await open(runner.href)).toBe("open");
  },
);

it.skipIf(pgBouncerPath === undefined)(
  "a pooler that takes the connection away after each transaction is refused, and one that keeps it is not",
  async () => {
    for (const [mode, connections, said] of [
      ["transaction", 1, /^RowhouseError: A pooler in transaction mode/],
      ["transaction", 5, /^RowhouseError: A pooler in transaction mode/],
      ["session", 5, /^open$/],
    ] as const) {
      await using pooler = await startPgBouncer({ urls: [url], mode, connections });
      expect(await open(pooler.url(url))).toMatch(said);
    }
  },
);

it("a plan that was made for another schema is refused before anything changes", async () => {
  await admin.query(`alter table "select" add column late text`);
  await expect(run()).rejects.toMatchObject({ code: "PLAN_OUTDATED" });
  expect((await admin.query("select from pg_namespace where nspname ~ '^rowhouse'")).rowCount).toBe(0);
  await admin.query(`alter table "select" drop column late`);
});

it("names with anything in them are converted and taken back, in any schema, beside a foreign table, whatever the role sets, with a full disk in between", async () => {
  const before = await schemaPicture(admin);
  for (const setting of ["row_security = off", "standard_conforming_strings = off", "statement_timeout = '80ms'"])
    await admin.query(`alter role convert_odd_runner set ${setting}`);
  await run("backfill");
  await admin.query(`create function full_disk() returns event_trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
    create event trigger full_disk on ddl_command_start when tag in ('CREATE INDEX') execute function full_disk()`);
  await expect(run()).rejects.toMatchObject({
    code: "CONVERSION_BLOCKED",
    message: expect.stringMatching(/^index:.* stopped: could not extend file. .*run again/) as string,
  });
  await admin.query("drop event trigger full_disk; drop function full_disk");
  expect((await run()).reached).toBe("hard-isolation");
  expect(await validateAsReached(admin, plan)).toEqual([]);
  await admin.query(`insert into ${usersTable} ("Näme $1", "e-mail") values ('New', 'new@example.org')`);
  await rollBack(runner.href, { forget: true });
  expect(await schemaPicture(admin)).toEqual(before);
}, 60_000);

/** `open`, or why it is not. */
async function open(address: string): Promise<string> {
  try {
    const client = await openConversion(address, { throttle: false });
    await client.end();
    return "open";
  } catch (error) {
    return String(error);
  }
}

async function run(until: PhaseName = "hard-isolation") {
  return runConversion(runner.href, { plan, until, agreed: true, throttle: false });
}
