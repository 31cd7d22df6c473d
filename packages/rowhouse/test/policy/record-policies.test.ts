import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { isRowhouseError } from "../../src/index.ts";
import { migrate, type MigrateOptions } from "../../src/migrations/index.ts";
import { defineFixtureTenancy, openFixture, tables, type Fixture } from "../fixture/test-tenancy.ts";
import { openProxy } from "../fixture/two-organizations.ts";

let fixture: Fixture;
let folder: string;
let files = 0;

beforeAll(async () => {
  fixture = await openFixture();
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-manifest-"));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await fixture.admin.query("drop policy if exists extra on projects");
  expect(await boot()).toBe("clean");
});

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const run = (changes: Partial<MigrateOptions> = {}) =>
  migrate({ adminUrl: fixture.database.url, sources: [{ name: "manifest", folder }], tables, ...changes });
const query = (text: string) => fixture.admin.query(text);

/** The next file of the application's migrations, and its run. */
async function migration(sql: string): Promise<void> {
  files += 1;
  await writeFile(path.join(folder, `${String(files).padStart(4, "0")}-file.sql`), `-- risk: none\n${sql}\n`);
  await run();
}

async function boot(url = fixture.runtimeUrl): Promise<string> {
  await using tenancy = defineFixtureTenancy({ ...fixture.settings, database: { url, maxConnections: 1 } });
  try {
    await tenancy.start();
    return "clean";
  } catch (error) {
    if (isRowhouseError(error, "UNSAFE_DATABASE")) return error.message;
    throw error;
  }
}

describe("policies are compared with what the migrations left", () => {
  it("a policy that a migration makes, alters or drops is no drift", async () => {
    await migration("create policy mine on projects as restrictive for select using (name <> 'hidden')");
    expect(await boot()).toBe("clean");
    await migration("alter policy mine on projects using (name <> 'other')");
    expect(await boot()).toBe("clean");
    await migration("drop policy mine on projects");
  });

  it("a migration that ends its own transaction has its policies recorded all the same", async () => {
    await migration("create policy mine on tasks as restrictive for select using (title <> 'hidden'); commit");
    expect(await boot()).toBe("clean");
    await migration("drop policy mine on tasks");
  });

  it("a policy made by hand stays drift, also after migrations of the same table", async () => {
    await query("create policy extra on projects for select using (true)");
    await migration("create policy mine on projects as restrictive for select using (name <> 'hidden')");
    expect(await boot()).toMatch(/^- projects: policy extra is added[^\n]+$/m);
    expect(await boot()).not.toMatch(/policy mine/);
    await migration("drop policy mine on projects");
  });

  it("a policy made by hand is taken with acceptPolicies, and its loss is drift from then on", async () => {
    await query("create policy extra on projects for select using (true)");
    await run({ acceptPolicies: true });
    expect(await boot()).toBe("clean");
    await query("drop policy extra on projects");
    expect(await boot()).toMatch(/policy extra is missing/);
    await run({ acceptPolicies: true });
  });

  it("a table that a migration drops leaves no line behind", async () => {
    const options = { tables: { ...tables, tenant: [...tables.tenant, "passing"] } };
    files += 1;
    await writeFile(
      path.join(folder, `${String(files).padStart(4, "0")}-file.sql`),
      "-- risk: none\ncreate table passing (organization_id uuid primary key)",
    );
    await run(options);
    const lines = () => query("select from rowhouse.policy_manifest where table_name = 'passing'");
    expect((await lines()).rowCount).toBe(1);
    await migration("drop table passing");
    expect((await lines()).rowCount).toBe(0);
  });

  it.each([
    ["another major version", "update rowhouse.policy_manifest set origin = regexp_replace(origin, '/\\d+/', '/14/')"],
    [
      "the database that a dump was taken of",
      `create table rowhouse.restored (like rowhouse.policy_manifest including all);
       insert into rowhouse.restored select * from rowhouse.policy_manifest;
       drop table rowhouse.policy_manifest;
       alter table rowhouse.restored rename to policy_manifest;
       grant select on rowhouse.policy_manifest to rowhouse_runtime`,
    ],
  ])(
    "a record of %s keeps nothing from starting: rules alone judge, with a warning, until `migrate`",
    async (_, text) => {
      const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
      await query(text);
      await query("create policy extra on projects for select using (false)");
      expect(await boot()).toBe("clean");
      expect(warned).toHaveBeenCalledWith(expect.stringMatching(/Run the migrations/), {
        type: "RowhouseWarning",
        code: "POLICIES_NOT_COMPARED",
      });
      await query("drop policy tenant_floor on projects");
      expect(await boot()).toMatch(/projects: policy tenant_floor is missing/);
      warned.mockClear();
      await run();
      expect(await boot()).toBe("clean");
      expect(warned).not.toHaveBeenCalled();
      await query("drop policy extra on projects");
      expect(await boot()).toMatch(/policy extra is missing/);
      await run({ acceptPolicies: true });
    },
  );

  it("a canary that was lost is put back by the next run", async () => {
    await query("delete from rowhouse.canaries");
    expect(await boot()).toMatch(/does not show the canary/);
    await run();
  });

  it("no organization can have the canary's id", async () => {
    const text = "insert into rowhouse.organizations values ('ffffffff-ffff-ffff-ffff-ffffffffffff', 'a', 'A')";
    await expect(query(text)).rejects.toMatchObject({ code: "23514" });
  });

  it("the guard takes two round trips", async () => {
    await using proxy = await openProxy(fixture.runtimeUrl);
    await boot(proxy.url(fixture.runtimeUrl));
    expect(proxy.counts().roundTrips).toBe(2);
  });
});
