import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isRowhouseError } from "../../src/index.ts";
import { asRole, defineFixtureTenancy } from "../fixture/test-tenancy.ts";
import { openTwoOrganizations, type TwoOrganizations } from "../fixture/two-organizations.ts";
import { driftCases, lookCases, settingCases, tableCases, type UnsafeChange } from "./unsafe-changes.ts";

/** Roles belong to the server, so a test that changes one makes its own: it may do all that the runtime role may. */
const standIn = `stand_in_${randomBytes(4).toString("hex")}`;
const password = "stand-in-password";
let world: TwoOrganizations;
let standInUrl: string;

const run = async (...statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await world.fixture.admin.query(statement.replaceAll("{{stand_in}}", standIn));
};

/** What a process that starts now is told: "clean", or the message of UNSAFE_DATABASE. */
async function boot(url: string): Promise<string> {
  await using tenancy = defineFixtureTenancy({ ...world.fixture.settings, database: { url, maxConnections: 1 } });
  try {
    await tenancy.start();
    return "clean";
  } catch (error) {
    if (isRowhouseError(error, "UNSAFE_DATABASE")) return error.message;
    throw error;
  }
}

beforeAll(async () => {
  world = await openTwoOrganizations();
  standInUrl = asRole(world.fixture.database.url, standIn, password);
  await run(`create role {{stand_in}} login password '${password}'`, "grant rowhouse_runtime to {{stand_in}}");
});

afterAll(async () => {
  await run("drop owned by {{stand_in}}", "drop role {{stand_in}}");
  await world[Symbol.asyncDispose]();
});

afterEach(async () => {
  expect(await boot(world.fixture.runtimeUrl), "the test left the database unsafe").toBe("clean");
});

describe("Promise 2: the application refuses to start on a database that does not keep tenants apart", () => {
  it.each([...tableCases, ...driftCases, ...lookCases])(
    "Promise 2: $title is found, and its mending too",
    async (guarded) => {
      await cleanBreakMend(guarded, world.fixture.runtimeUrl);
    },
  );

  it.each(settingCases)("Promise 2: $title is found, and its mending too", async (guarded) => {
    await cleanBreakMend(guarded, standInUrl);
  });

  it("Promise 2: a superuser's URL is refused", async () => {
    expect(await boot(world.fixture.database.url)).toMatch(/has or can take .*SUPERUSER/);
  });

  it("Promise 2: the operator's URL is refused", async () => {
    expect(await boot(world.fixture.operatorUrl)).toMatch(/has or can take BYPASSRLS/);
  });

  it("Promise 2: every finding is in the message, not the first alone", async () => {
    await run("alter table projects disable row level security", "grant truncate on tasks to rowhouse_runtime");
    const message = await boot(world.fixture.runtimeUrl);
    await run("alter table projects enable row level security", "revoke truncate on tasks from rowhouse_runtime");
    expect(message).toMatch(/^- projects: row security is off/m);
    expect(message).toMatch(/^- public\.tasks: rowhouse_runtime may TRUNCATE it/m);
  });

  it("Promise 2: a refusal is not remembered, so a mended database serves", async () => {
    const tenancy = world.fixture.open();
    await run("alter table projects disable row level security");
    await expect(tenancy.start()).rejects.toMatchObject({ code: "UNSAFE_DATABASE" });
    await expect(tenancy.listOrganizations(world.acme.ownerId)).rejects.toMatchObject({ code: "UNSAFE_DATABASE" });
    await run("alter table projects enable row level security");
    expect(await tenancy.listOrganizations(world.acme.ownerId)).toHaveLength(1);
  });

  it("Promise 2: a permissive policy for everybody, added by mistake, shows no foreign row: the floor holds", async () => {
    await run("create policy mistake on projects using (true) with check (true)");
    const rows = await world.inAcme(({ db }) => db.selectFrom("projects").select("name").execute());
    await run("drop policy mistake on projects");
    expect(rows).toEqual([{ name: "acme secret" }]);
  });
});

async function cleanBreakMend(guarded: UnsafeChange, url: string): Promise<void> {
  const { rows } = await world.fixture.admin.query<{ name: string }>("select quote_ident(current_database()) as name");
  const here = (statements: readonly string[]) =>
    statements.map((statement) => statement.replaceAll("current_db", rows[0]?.name ?? ""));
  expect(await boot(url), "before").toBe("clean");
  await run(...here(guarded.break));
  const found = await boot(url).finally(() => run(...here(guarded.mend)));
  expect(found).toMatch(guarded.finding);
  expect(await boot(url), "after mending").toBe("clean");
  await run(...here(guarded.near));
  const near = await boot(url).finally(() => run(...here(guarded.undo)));
  expect(near, "a near miss").toBe("clean");
}
