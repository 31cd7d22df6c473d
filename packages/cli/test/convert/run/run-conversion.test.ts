import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { isCanonical, readTableFacts } from "rowhouse/migrations";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rollBack } from "../../../src/convert/run/roll-back.ts";
import { runConversion } from "../../../src/convert/run/run-conversion.ts";
import { validateConversion } from "../../../src/convert/validate/validate-conversion.ts";
import { appPlan } from "./app-plan.ts";
import { beginnings } from "./beginnings.ts";
import { bootNewApplication } from "./boot-new-application.ts";
import { killRun } from "./kill-run.ts";
import { OldApplication } from "./old-application.ts";
import { openApp, type App } from "./open-app.ts";
import { schemaPicture } from "./schema-picture.ts";

let app: App;
let old: OldApplication;
let folder: string;
let before: string[];
const agreed = { plan: appPlan, agreed: true, throttle: false } as const;

beforeAll(async () => {
  app = await openApp();
  before = await schemaPicture(app.admin);
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-convert-"));
  await writeFile(path.join(folder, "plan.yaml"), JSON.stringify(appPlan));
  old = new OldApplication(app.oldUrl);
});

afterAll(async () => {
  await old[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

it("a run that is killed again and again, as is its backend, goes on where it stopped", async () => {
  await killRun(app, { plan: path.join(folder, "plan.yaml"), place: "backfill:public.comments" });
  const places = new Set([
    "backfill:guests:public.links",
    "index:public.links",
    "constrain:validate:public.events_rest",
  ]);
  await runConversion(app.url, {
    ...agreed,
    until: "constrain",
    report: (_share, doing) => {
      const place = [...places].find((one) => doing.startsWith(one));
      if (place === undefined) return;
      places.delete(place);
      void app.admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rowhouse convert' and datname = current_database()",
      );
    },
  });
  expect(places).toEqual(new Set());
  expect(await validateConversion(app.admin, appPlan, { reached: "constrain" })).toEqual([]);
  expect(await beginnings(app.admin)).toEqual(["1 organization.created by job rowhouse-convert"]);
  expect(old.failures).toEqual([]);
}, 240_000);

it("the new application may name the organization alone, and no other than the parent's", async () => {
  const { rows } = await app.admin.query<{ organization: string; link: string }>(
    "select organization_id as organization, min(id) as link from links group by 1 order by 2 limit 2",
  );
  const [first, second] = rows;
  await app.admin.query("begin");
  await app.admin.query("insert into polls (organization_id) values ($1)", [first?.organization]);
  const tag = await app.admin.query<{ owned: boolean }>(
    `insert into tags (organization_id, name) values ($1, 'new')
     returning user_id::text = (select key from rowhouse_convert.owners where kind = 'user' and organization_id = $1) as owned`,
    [first?.organization],
  );
  expect(tag.rows).toEqual([{ owned: true }]);
  await expect(
    app.admin.query("insert into comments (link_id, organization_id) values ($1, $2)", [
      first?.link,
      second?.organization,
    ]),
  ).rejects.toMatchObject({ code: "23514", hint: "Leave the organization out, or name the one of its parent." });
  await app.admin.query("rollback");
});

it("a rollback stops at any phase, and at its end the schema is as before, with every row", async () => {
  await runConversion(app.url, { ...agreed });
  expect(await validateConversion(app.admin, appPlan, { reached: "hard-isolation" })).toEqual([]);
  for (const to of ["soft-isolation", "index", "triggers"] as const) {
    await rollBack(app.url, { to });
    expect(await validateConversion(app.admin, appPlan, { reached: to })).toEqual([]);
  }
  await rollBack(app.url);
  expect(await schemaPicture(app.admin)).toEqual(before);
  const stale = await app.admin.query("select from stale where user_id is null and body like 'a \"b\" \\\\ ''c''%'");
  expect(stale.rowCount).toBe(20);
  expect(old.failures).toEqual([]);
}, 240_000);

it("a second run goes to the contract: canonical policies, no trigger of ours, and the old application never failed", async () => {
  await runConversion(app.url, { ...agreed });
  expect(await bootNewApplication(app, appPlan), "beside the old application").toBe("clean");
  await old.stop();
  expect(old.failures).toEqual([]);
  expect(old.done).toBeGreaterThan(500);
  await runConversion(app.url, { ...agreed, until: "contract" });
  expect(await validateConversion(app.admin, appPlan, { reached: "contract" })).toEqual([]);
  const tenant = appPlan.tables.filter((table) => table.class === "tenant");
  const facts = await readTableFacts(
    app.admin,
    tenant.map(({ table }) => table.replaceAll('"', "")),
  );
  for (const { name, policies, forced } of facts)
    expect({
      name,
      forced,
      canonical: policies.map((one) => isCanonical(one, { column: "organization_id", isSealed: false })),
    }).toEqual({
      name,
      forced: true,
      canonical: [true, true],
    });
  expect(await bootNewApplication(app, appPlan), "alone").toBe("clean");
  const left = await app.admin.query("select tgname from pg_trigger where tgname like '%rowhouse%'");
  expect(left.rows).toEqual([]);
}, 240_000);

it("a user who is deleted leaves the organization's rows behind, and stays where the key of a row holds the user", async () => {
  const { rows } = await app.admin.query<{ id: string }>(
    `select "userId" as id from "Collections" group by 1 order by count(*) desc, 1 limit 1`,
  );
  const user = [rows[0]?.id];
  const counts = async (): Promise<unknown> => {
    const counted = await app.admin.query(
      `select (select count(*) from "Collections") as collections, (select count(*) from links) as links, (select count(*) from tags) as tags,
        (select count(*) from sessions where user_id = $1) as sessions, (select count(*) from team_members where user_id = $1) as seats`,
      user,
    );
    return counted.rows[0];
  };
  await app.admin.query("begin");
  try {
    await app.admin.query("delete from projects where user_id = $1", user);
    const whole = (await counts()) as Record<string, string>;
    await app.admin.query("savepoint whole");
    await expect(app.admin.query("delete from users where id = $1", user)).rejects.toMatchObject({
      code: "23503",
      table: "accounts",
    });
    await app.admin.query("rollback to whole");
    await app.admin.query("delete from accounts where user_id = $1", user);
    await app.admin.query("delete from users where id = $1", user);
    expect(await counts()).toEqual({ ...whole, sessions: "0", seats: "0" });
    expect(whole["sessions"]).toBe("1");
  } finally {
    await app.admin.query("rollback");
  }
});
