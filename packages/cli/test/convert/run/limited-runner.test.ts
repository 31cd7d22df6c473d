import { readFile } from "node:fs/promises";
import { dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import { installControlPlane } from "rowhouse/migrations";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { runConversion } from "../../../src/convert/run/run-conversion.ts";
import { validateAsReached } from "../../../src/convert/validate/validate-as-reached.ts";
import { convertedPlan as plan } from "../validate/converted-plan.ts";

const server = inject("postgresUrl");
const url = withDatabase(server, "convert_limited");
const elsewhere = withDatabase(server, "convert_limited_roles");
const runner = new URL(url);
runner.username = "convert_runner";
runner.password = "limited";

beforeAll(async () => {
  await ensureDatabase(server, "convert_limited");
  await ensureDatabase(server, "convert_limited_roles");
  // Roles belong to the server: here an administrator made them for another database.
  await installControlPlane({ adminUrl: elsewhere });
  const old = await readFile(new URL("../validate/old.sql", import.meta.url), "utf8");
  await withAdminClient(url, (admin) =>
    admin.query(`${old}; create role convert_runner login bypassrls password 'limited'`),
  );
});

afterAll(async () => {
  await dropDatabase(server, "convert_limited");
  await dropDatabase(server, "convert_limited_roles");
  await withAdminClient(server, (admin) => admin.query("drop role convert_runner"));
});

it("who may not do all of it is refused before anything changes, with the statements that are all it takes", async () => {
  const refusal = await run().then(
    () => "",
    (error: unknown) => String(error),
  );
  expect(refusal).toContain("nothing was changed");
  const statements = refusal.split("\n").filter((line) => line.startsWith("  "));
  expect(statements).toEqual(
    expect.arrayContaining([
      "  grant pg_read_all_stats to convert_runner;",
      "  grant rowhouse_owner to convert_runner with admin option;",
      "  alter database convert_limited owner to convert_runner;",
      "  alter table notes owner to convert_runner;",
    ]),
  );
  await withAdminClient(url, async (admin) => {
    expect((await admin.query("select from pg_namespace where nspname ~ '^rowhouse'")).rowCount).toBe(0);
    await admin.query(statements.join("\n"));
  });
  expect((await run()).reached).toBe("hard-isolation");
  expect(await withAdminClient(url, (admin) => validateAsReached(admin, plan))).toEqual([]);
}, 60_000);

function run() {
  return runConversion(runner.href, {
    plan,
    agreed: true,
    throttle: false,
    validate: (client) => validateAsReached(client, plan),
  });
}
