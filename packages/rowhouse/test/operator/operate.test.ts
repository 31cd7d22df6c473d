import { noBinding } from "../../src/database/context.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Operator } from "../../src/index.ts";
import {
  openPool,
  openProxy,
  openTwoOrganizations,
  type FixtureTenancy,
  type TwoOrganizations,
} from "../fixture/two-organizations.ts";
import type { FixtureDatabase } from "../fixture/test-tenancy.ts";

let world: TwoOrganizations;
let tenancy: FixtureTenancy;

beforeAll(async () => {
  world = await openTwoOrganizations();
  tenancy = world.fixture.open({}, { operatorUrl: world.fixture.operatorUrl, maxConnections: 1 });
});

afterAll(() => world[Symbol.asyncDispose]());

const inLog = async (reason: string): Promise<number> => {
  const { rows } = await world.fixture.admin.query<{ n: number }>(
    "select count(*)::int as n from rowhouse.operator_log where reason = $1",
    [reason],
  );
  return rows[0]?.n ?? -1;
};

const operate = <T>(reason: string, work: (operator: Operator<FixtureDatabase>) => Promise<T>): Promise<T> =>
  tenancy.operate({ operator: "ada@example.com", reason }, work);

const readAll = ({ acrossTenants }: Operator<FixtureDatabase>) =>
  acrossTenants.selectFrom("projects").select("name").orderBy("name").execute();

describe("Promise 8: crossing tenants", () => {
  it("Promise 8: reads every tenant's rows, and leaves one line with operator and reason", async () => {
    expect(await operate("ticket 1", readAll)).toEqual([{ name: "acme secret" }, { name: "globex secret" }]);
    expect(await inLog("ticket 1")).toBe(1);
  });

  it.each([
    ["no reason", { operator: "ada", reason: "" }],
    ["a blank reason", { operator: "ada", reason: " \n\t" }],
    ["a reason of 1,001 characters", { operator: "ada", reason: "x".repeat(1_001) }],
    ["no operator", { operator: " ", reason: "why" }],
    ["an operator of 201 characters", { operator: "x".repeat(201), reason: "why" }],
    ["nothing at all", {}],
    ["numbers", { operator: 1, reason: 2 }],
  ])("Promise 8: %s is REASON_REQUIRED, and nothing is read", async (_, options) => {
    let wasCalled = false;
    const work = tenancy.operate(options as { operator: string; reason: string }, async () => void (wasCalled = true));
    await expect(work).rejects.toMatchObject({ code: "REASON_REQUIRED" });
    expect(wasCalled).toBe(false);
  });

  it("Promise 8: a process without an operator's URL cannot: INVALID_SETTINGS", async () => {
    await expect(world.tenancy.operate({ operator: "ada", reason: "why" }, readAll)).rejects.toMatchObject({
      code: "INVALID_SETTINGS",
    });
  });

  it("Promise 8: work that fails leaves no line", async () => {
    await expect(operate("fails", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await inLog("fails")).toBe(0);
  });

  it("Promise 8: work whose connection is cut leaves no line, and the next use works", async () => {
    await using proxy = await openProxy(world.fixture.operatorUrl);
    await using cut = world.fixture.open({}, { operatorUrl: proxy.url(world.fixture.operatorUrl) });
    const work = cut.operate({ operator: "ada", reason: "cut" }, async (operator) => {
      await readAll(operator);
      proxy.cut();
      return readAll(operator);
    });
    await expect(work).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(await inLog("cut")).toBe(0);
    expect(await cut.operate({ operator: "ada", reason: "again" }, readAll)).toHaveLength(2);
  });

  it.each(["rollback", "rollback and chain", "commit and chain", "abort"])(
    "Promise 8: nothing can be read after `%s`, which would lose the line",
    async (text) => {
      const reason = `tries ${text}`;
      let seen: unknown;
      const work = operate(reason, async (operator) => {
        await sql.raw(text).execute(operator.acrossTenants);
        seen = await readAll(operator);
      });
      await expect(work).rejects.toMatchObject({ code: "TRANSACTION_LOST" });
      expect(seen).toBeUndefined();
    },
  );

  it("Promise 8: the operator cannot write tenants' tables, nor change or remove a line of the log", async () => {
    const writes = [
      "insert into projects (organization_id, name) select organization_id, 'planted' from projects",
      "update projects set name = 'changed'",
      "delete from projects",
      "truncate projects",
      "update rowhouse.operator_log set reason = 'better'",
      "delete from rowhouse.operator_log",
      "update rowhouse.memberships set role = 'owner'",
    ];
    for (const text of writes) {
      const work = operate("writes", ({ acrossTenants }) => sql.raw(text).execute(acrossTenants));
      await expect(work, text).rejects.toMatchObject({ code: "ROW_SECURITY" });
    }
    expect(await inLog("ticket 1")).toBe(1);
  });

  it("Promise 8: the operator's handle is SCOPE_CLOSED after its scope", async () => {
    let leaked: Operator<FixtureDatabase> | undefined;
    await operate("leaks", async (operator) => void (leaked = operator));
    if (leaked === undefined) throw new TypeError("the work did not run");
    await expect(readAll(leaked)).rejects.toMatchObject({ code: "SCOPE_CLOSED" });
  });

  it.each([
    "select * from rowhouse.operator_log",
    "set role rowhouse_operator",
    "insert into rowhouse.operator_log (operator, reason) values ('a', 'b')",
  ])("Promise 8: the runtime role is refused `%s`", async (text) => {
    await expect(world.inAcme(({ db }) => sql.raw(text).execute(db))).rejects.toMatchObject({ code: "ROW_SECURITY" });
  });

  it("Promise 8: the operator's connection is not the tenants' one: the runtime pool never has its rights", async () => {
    await operate("between", readAll);
    await using pool = openPool(world.fixture.runtimeUrl);
    const connection = await pool.acquire();
    const { rows } = await connection.run({ text: "select current_user::text as role", values: [] }, noBinding);
    connection.release();
    expect(rows).toEqual([{ role: "rowhouse_runtime" }]);
  });
});
