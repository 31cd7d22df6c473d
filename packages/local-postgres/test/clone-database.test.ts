import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LocalPostgres } from "../src/index.ts";
import { cloneDatabase, dropDatabase, ensureDatabase, startLocalPostgres, withDatabase } from "../src/index.ts";
import { queryOnce } from "./query-once.ts";
import type { TemporaryFolder } from "./temporary-folder.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

const TEMPLATE = 'odd "template" ünd more';

let folder: TemporaryFolder;
let postgres: LocalPostgres;
let adminUrl: string;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  postgres = await startLocalPostgres({ dataFolder: folder.path, durable: false });
  adminUrl = postgres.url("postgres");
  await ensureDatabase(adminUrl, TEMPLATE);
  await queryOnce(withDatabase(adminUrl, TEMPLATE), "create table planted as select 7 as seed");
});
afterAll(async () => {
  await postgres.stop();
  await folder[Symbol.asyncDispose]();
});

describe("ensureDatabase", () => {
  it("makes a database once, also from two callers at once", async () => {
    const made = await Promise.all([ensureDatabase(adminUrl, "fresh"), ensureDatabase(adminUrl, "fresh")]);
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await ensureDatabase(adminUrl, "fresh")).toBe(false);
  });
});

describe("dropDatabase", () => {
  it("drops a database that has connections, and one that is not there", async () => {
    await ensureDatabase(adminUrl, "doomed");
    const client = new pg.Client({ connectionString: withDatabase(adminUrl, "doomed") });
    const ended = new Promise((resolve) => client.on("error", resolve));
    await client.connect();
    await dropDatabase(adminUrl, "doomed");
    await ended;
    await dropDatabase(adminUrl, "doomed");
    const left = await queryOnce(adminUrl, "select from pg_database where datname = 'doomed'");
    expect(left).toHaveLength(0);
  });
});

describe("cloneDatabase", () => {
  it("can be dropped while a pool of it is open, which fails nobody but the pool's next user", async () => {
    const clone = await cloneDatabase(adminUrl, { template: TEMPLATE });
    const pool = clone.openPool();
    await pool.query("select from planted");
    await clone.drop();
    await expect(pool.query("select from planted")).rejects.toMatchObject({ code: "3D000" });
    await pool.end();
  });

  it("copies the template's rows into databases that do not see each other", async () => {
    const clones = await Promise.all([1, 2, 3, 4].map(() => cloneDatabase(adminUrl, { template: TEMPLATE })));
    expect(new Set(clones.map(({ name }) => name)).size).toBe(4);
    const [first, second] = clones;
    if (first === undefined || second === undefined) throw new Error("no clones");
    await queryOnce(first.url, "insert into planted values (8)");
    expect(await queryOnce(first.url, "select seed from planted order by seed")).toEqual([{ seed: 7 }, { seed: 8 }]);
    expect(await queryOnce(second.url, "select seed from planted")).toEqual([{ seed: 7 }]);
    await Promise.all(clones.map((clone) => clone.drop()));
    await expect(queryOnce(first.url, "select 1")).rejects.toMatchObject({ code: "3D000" });
  });

  it("waits while somebody is connected to the template", async () => {
    const client = new pg.Client({ connectionString: withDatabase(adminUrl, TEMPLATE) });
    await client.connect();
    let connected = true;
    const cloning = cloneDatabase(adminUrl, { template: TEMPLATE }).then((clone) => ({ clone, connected }));
    await client.query("select pg_sleep(0.3)");
    connected = false;
    await client.end();
    const { clone, connected: whenCloned } = await cloning;
    expect(whenCloned).toBe(false);
    await clone.drop();
  });

  it("takes the name it is given, and refuses a template that is not there", async () => {
    const clone = await cloneDatabase(adminUrl, { template: TEMPLATE, name: "given" });
    expect(clone.name).toBe("given");
    expect(await queryOnce(clone.url, "select current_database() as name")).toEqual([{ name: "given" }]);
    await clone.drop();
    await expect(cloneDatabase(adminUrl, { template: "absent" })).rejects.toMatchObject({ code: "3D000" });
  });

  it("keeps a random name within Postgres's 63 bytes", async () => {
    const template = "ü".repeat(31);
    await ensureDatabase(adminUrl, template);
    const clone = await cloneDatabase(adminUrl, { template });
    expect(await queryOnce(clone.url, "select current_database() as name")).toEqual([{ name: clone.name }]);
    await clone.drop();
  });

  it("counts the connections that are open now", async () => {
    const clone = await cloneDatabase(adminUrl, { template: TEMPLATE });
    expect(await clone.openConnections()).toBe(0);
    const client = new pg.Client({ connectionString: clone.url });
    await client.connect();
    expect(await clone.openConnections()).toBe(1);
    await client.end();
    await expect.poll(() => clone.openConnections()).toBe(0);
    await clone.drop();
  });
});
