import { readFile } from "node:fs/promises";
import { dropDatabase, ensureDatabase, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { phases, type PhaseName, type Plan } from "../../../src/convert/plan.ts";
import { rollBack } from "../../../src/convert/run/roll-back.ts";
import { runConversion } from "../../../src/convert/run/run-conversion.ts";
import { validateAsReached } from "../../../src/convert/validate/validate-as-reached.ts";
import { runHere } from "../../fixture/run-here.ts";
import { schemaPicture } from "./schema-picture.ts";

const server = inject("postgresUrl");
const name = "convert_hard";
const url = withDatabase(server, name);
const reversible = phases.slice(0, phases.indexOf("contract"));

let admin: pg.Client;
let plan: Plan;

beforeAll(async () => {
  await ensureDatabase(server, name);
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(await readFile(new URL("hard.sql", import.meta.url), "utf8"));
  const { out } = await runHere(["convert", "plan", "--format", "json"], url);
  plan = JSON.parse(out) as Plan;
});

afterAll(async () => {
  await admin.end();
  await dropDatabase(server, name);
});

it("partitions that come, are attached and are dropped between the phases are converted with the rest, also two levels deep", async () => {
  await run("triggers");
  await admin.query("create table metrics_ap partition of metrics for values in ('ap') partition by range (at)");
  await admin.query("create table archive.metrics_ap_all partition of metrics_ap default");
  await admin.query("insert into metrics (region, at, user_id) values ('ap', now(), 1), ('ap', now(), 2)");
  await attach("au");
  await run("backfill");
  await attach("us");
  await run("index");
  await admin.query("alter table metrics detach partition metrics_old; drop table metrics_old");
  await run("hard-isolation");
  const { rows } = await admin.query(
    "select region, count(*)::integer as rows from metrics where organization_id is not null group by 1 order by 1",
  );
  expect(rows).toEqual([
    { region: "ap", rows: 2 },
    { region: "au", rows: 2 },
    { region: "eu", rows: 50 },
    { region: "us", rows: 2 },
  ]);
  expect(await validateAsReached(admin, plan)).toEqual([]);
}, 60_000);

it("each phase is taken back by itself, and the old application's rows and statements live through all of it", async () => {
  const before = await schemaPicture(admin);
  let songs = await swapAndAdd();
  for (const to of reversible.slice(0, -1).toReversed()) {
    await rollBack(url, { to });
    expect(await validateAsReached(admin, plan), to).toEqual([]);
    expect(await swapAndAdd(), to).toBe((songs += 1));
  }
  await run("hard-isolation");
  expect(await swapAndAdd()).toBe(songs + 1);
  expect(await validateAsReached(admin, plan)).toEqual([]);
  expect(await schemaPicture(admin)).toEqual(before);
}, 60_000);

it("contract puts a deferrable key within the organization in the place of the old one, as deferrable as that was", async () => {
  await run("contract");
  const { rows } = await admin.query(
    "select pg_get_constraintdef(oid) as key from pg_constraint where conrelid = 'playlists'::regclass and contype = 'u' and condeferrable",
  );
  expect(rows).toEqual([{ key: "UNIQUE (organization_id, place) DEFERRABLE INITIALLY DEFERRED" }]);
  expect(await validateAsReached(admin, plan)).toEqual([]);
}, 60_000);

async function run(until: PhaseName): Promise<void> {
  await runConversion(url, {
    plan,
    until,
    agreed: true,
    throttle: false,
  });
}

/** As a tool for partitions does: a table that was filled before it became a part. */
async function attach(region: string): Promise<void> {
  await admin.query(`create table metrics_${region} (like metrics including all excluding indexes excluding identity)`);
  await admin.query(
    `insert into metrics_${region} (id, region, at, user_id) values (9001, '${region}', now(), 3), (9002, '${region}', now(), 4)`,
  );
  await admin.query(`alter table metrics attach partition metrics_${region} for values in ('${region}')`);
}

/** What the old application relies on: places that are the same for a moment, and a parent that comes after its child. */
async function swapAndAdd(): Promise<number> {
  await admin.query("update playlists set place = 5 - place where user_id = 3 and place < 5");
  await admin.query(`with next as (select max(id) + 1 as id from playlists), child as (insert into chapters select id, id, 'late' from next)
    insert into playlists (id, user_id, place) select id, 4, id from next`);
  await admin.query("insert into users (name, email) values ('New', 'new' || gen_random_uuid() || '@example.org')");
  const { rows } = await admin.query<{ count: number }>("select count(*)::integer as count from chapters");
  return rows[0]?.count ?? 0;
}
