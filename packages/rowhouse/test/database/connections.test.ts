import { setTimeout as sleep } from "node:timers/promises";
import { withDatabase } from "@rowhouse/local-postgres";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defineFixtureTenancy } from "../fixture/test-tenancy.ts";
import {
  asMember,
  openProxy,
  openTwoOrganizations,
  type FixtureTenancy,
  type FixtureTenant,
  type TwoOrganizations,
} from "../fixture/two-organizations.ts";

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations();
});

afterAll(() => world[Symbol.asyncDispose]());

const backend = async ({ db }: FixtureTenant): Promise<number> => {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  return rows[0]?.pid ?? 0;
};

/** Work in Acme's scope, with a signal if need be. */
const inAcme = <T>(
  tenancy: FixtureTenancy,
  work: (tenant: FixtureTenant) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> =>
  tenancy.enter({ ...asMember(world.acme), ...(signal === undefined ? {} : { signal }) }, (tenant) => work(tenant));

describe("an abort signal", () => {
  it("cancels the statement that runs within a second: CANCELED, and its connection is not used again", async () => {
    await using tenancy = world.fixture.open({}, { maxConnections: 1 });
    const before = await inAcme(tenancy, backend);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const started = Date.now();
    const work = inAcme(tenancy, ({ db }) => sql`select pg_sleep(10)`.execute(db), controller.signal);
    await expect(work).rejects.toMatchObject({ code: "CANCELED", sqlstate: "57014" });
    expect(Date.now() - started).toBeLessThan(2_000);
    expect(await inAcme(tenancy, backend)).not.toBe(before);
  });

  it("that has fired before sends nothing: CANCELED, and the connection stays", async () => {
    await using tenancy = world.fixture.open({}, { maxConnections: 1 });
    const before = await inAcme(tenancy, backend);
    await expect(inAcme(tenancy, backend, AbortSignal.abort())).rejects.toMatchObject({ code: "CANCELED" });
    expect(await inAcme(tenancy, backend)).toBe(before);
  });

  it("that fires inside of a transaction undoes all of it, even where the error is ignored", async () => {
    await using tenancy = world.fixture.open({}, { maxConnections: 1 });
    const controller = new AbortController();
    const work = inAcme(
      tenancy,
      (tenant) =>
        tenant.transaction(async (outer) => {
          await outer
            .transaction(async ({ db }) => {
              await db.insertInto("projects").values({ name: "half done" }).execute();
              controller.abort();
              throw new Error("ignored");
            })
            .catch(() => undefined);
        }),
      controller.signal,
    );
    await expect(work).rejects.toMatchObject({ code: "CANCELED" });
    const names = await inAcme(tenancy, ({ db }) => db.selectFrom("projects").select("name").execute());
    expect(names).toEqual([{ name: "acme secret" }]);
  });
});

describe("a statement that runs too long", () => {
  it("is STATEMENT_TIMEOUT, and the connection serves on", async () => {
    await using tenancy = world.fixture.open({}, { maxConnections: 1, statementTimeoutMs: 300 });
    const work = inAcme(tenancy, ({ db }) => sql`select pg_sleep(10)`.execute(db));
    await expect(work).rejects.toMatchObject({ code: "STATEMENT_TIMEOUT", sqlstate: "57014" });
    expect(await inAcme(tenancy, backend)).toBeGreaterThan(0);
  });

  it("also inside of a transaction", async () => {
    await using tenancy = world.fixture.open({}, { statementTimeoutMs: 300 });
    const work = inAcme(tenancy, (tenant) =>
      tenant.transaction(async ({ db }) => {
        await db.selectFrom("projects").select("id").execute();
        await sql`select pg_sleep(10)`.execute(db);
      }),
    );
    await expect(work).rejects.toMatchObject({ code: "STATEMENT_TIMEOUT" });
  });
});

describe("a pool without a free connection", () => {
  it("is POOL_EXHAUSTED after about acquireTimeoutMs, and recovers", async () => {
    await using tenancy = world.fixture.open({}, { maxConnections: 1, acquireTimeoutMs: 400 });
    const holder = inAcme(tenancy, async (tenant) => {
      const started = Date.now();
      const starved = tenant.transaction(async (inner) => {
        await backend(inner);
        await tenant.db.selectFrom("projects").select("id").execute();
      });
      await expect(starved).rejects.toMatchObject({ code: "POOL_EXHAUSTED" });
      return Date.now() - started;
    });
    const waited = await holder;
    expect(waited).toBeGreaterThanOrEqual(350);
    expect(waited).toBeLessThan(3_000);
    expect(await inAcme(tenancy, backend)).toBeGreaterThan(0);
    expect(tenancy.connections()).toEqual({ total: 1, idle: 1, waiting: 0 });
  });
});

describe("a connection that breaks", () => {
  it("in the middle of a statement is CONNECTION_LOST, and the next use works", async () => {
    await using proxy = await openProxy(world.fixture.runtimeUrl);
    await using tenancy = world.fixture.open({}, { url: proxy.url(world.fixture.runtimeUrl), maxConnections: 1 });
    await inAcme(tenancy, backend);
    setTimeout(() => proxy.cut(), 200);
    await expect(inAcme(tenancy, ({ db }) => sql`select pg_sleep(5)`.execute(db))).rejects.toMatchObject({
      code: "CONNECTION_LOST",
    });
    expect(await inAcme(tenancy, backend)).toBeGreaterThan(0);
  });

  it("in the middle of a transaction is CONNECTION_LOST, nothing was written, and the next use works", async () => {
    await using proxy = await openProxy(world.fixture.runtimeUrl);
    await using tenancy = world.fixture.open({}, { url: proxy.url(world.fixture.runtimeUrl), maxConnections: 1 });
    const work = inAcme(tenancy, (tenant) =>
      tenant.transaction(async ({ db }) => {
        await db.insertInto("projects").values({ name: "half" }).execute();
        proxy.cut();
        await sleep(50);
        await db.insertInto("projects").values({ name: "other half" }).execute();
      }),
    );
    await expect(work).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    const names = await inAcme(tenancy, ({ db }) => db.selectFrom("projects").select("name").execute());
    expect(names).toEqual([{ name: "acme secret" }]);
  });

  it("while idle is replaced without the caller noticing, and told to onIdleError", async () => {
    await using proxy = await openProxy(world.fixture.runtimeUrl);
    const told: Error[] = [];
    await using tenancy = world.fixture.open(
      { onIdleError: (error) => void told.push(error) },
      { url: proxy.url(world.fixture.runtimeUrl) },
    );
    await inAcme(tenancy, backend);
    proxy.cut();
    await sleep(100);
    expect(await inAcme(tenancy, backend)).toBeGreaterThan(0);
    expect(told.length).toBeGreaterThan(0);
  });

  it("because an administrator ended it is CONNECTION_LOST, and the next use works", async () => {
    await using tenancy = world.fixture.open({}, { maxConnections: 1 });
    const work = inAcme(tenancy, async (tenant) => {
      const pid = await backend(tenant);
      setTimeout(() => void world.fixture.admin.query("select pg_terminate_backend($1)", [pid]), 200);
      await sql`select pg_sleep(5)`.execute(tenant.db);
    });
    await expect(work).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(await inAcme(tenancy, backend)).toBeGreaterThan(0);
  });

  it("by falling silent is CONNECTION_LOST some seconds after the statement timeout", async () => {
    await using proxy = await openProxy(world.fixture.runtimeUrl);
    await using tenancy = world.fixture.open(
      {},
      { url: proxy.url(world.fixture.runtimeUrl), statementTimeoutMs: 1_000, maxConnections: 1 },
    );
    const work = inAcme(tenancy, async (tenant) => {
      await backend(tenant);
      proxy.pause();
      await backend(tenant);
    });
    await expect(work).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    proxy.resume();
    expect(await inAcme(tenancy, backend)).toBeGreaterThan(0);
  });
});

describe("a database that cannot be had is DATABASE_UNREACHABLE", () => {
  const from = (url: string, change: (url: URL) => void): string => {
    const changed = new URL(url);
    change(changed);
    return changed.href;
  };

  it.each([
    ["nobody listens", (url: string) => from(url, (changed) => (changed.port = "1"))],
    ["the host has no address", (url: string) => from(url, (changed) => (changed.hostname = "nowhere.invalid"))],
    ["the password is wrong", (url: string) => from(url, (changed) => (changed.password = "wrong"))],
    ["the database does not exist", (url: string) => withDatabase(url, "no_such_database")],
  ])("when %s", async (_, change) => {
    await using tenancy = defineFixtureTenancy({
      ...world.fixture.settings,
      database: { url: change(world.fixture.runtimeUrl), acquireTimeoutMs: 3_000 },
    });
    await expect(tenancy.start()).rejects.toMatchObject({ code: "DATABASE_UNREACHABLE" });
  });

  it("and a later start succeeds once it can be had", async () => {
    await using proxy = await openProxy(world.fixture.runtimeUrl);
    await using tenancy = world.fixture.open({}, { url: proxy.url(world.fixture.runtimeUrl), acquireTimeoutMs: 2_000 });
    proxy.pause();
    await expect(tenancy.start()).rejects.toMatchObject({ code: "DATABASE_UNREACHABLE" });
    proxy.resume();
    await tenancy.start();
  });
});

describe("values that cannot be sent", () => {
  it.each([
    ["a bigint in JSON", { a: 1n }],
    ["a NUL byte", "a\0b"],
  ])("%s is INVALID_VALUE, and the connection serves on", async (_, value) => {
    await using tenancy = world.fixture.open({}, { maxConnections: 1 });
    const before = await inAcme(tenancy, backend);
    const work = inAcme(tenancy, ({ db }) => sql`select ${value}::text`.execute(db));
    await expect(work).rejects.toMatchObject({ code: "INVALID_VALUE" });
    expect(await inAcme(tenancy, backend)).toBe(before);
    await expect(
      inAcme(tenancy, (tenant) => tenant.transaction(({ db }) => sql`select ${value}::text`.execute(db))),
    ).rejects.toMatchObject({
      code: "INVALID_VALUE",
    });
    expect(await inAcme(tenancy, backend)).toBe(before);
  });

  it("more than 65,535 of them are INVALID_VALUE", async () => {
    const ids = Array.from({ length: 70_000 }, () => world.acme.projectId);
    const work = world.inAcme(({ db }) => db.selectFrom("projects").select("name").where("id", "in", ids).execute());
    await expect(work).rejects.toMatchObject({ code: "INVALID_VALUE" });
  });
});
