import { stat } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LocalPostgres } from "../src/index.ts";
import { startLocalPostgres } from "../src/index.ts";
import { queryOnce } from "./query-once.ts";
import type { TemporaryFolder } from "./temporary-folder.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

describe("a started server", () => {
  let folder: TemporaryFolder;
  let postgres: LocalPostgres;

  beforeAll(async () => {
    folder = await makeTemporaryFolder();
    postgres = await startLocalPostgres({ dataFolder: folder.path });
  });
  afterAll(async () => {
    await postgres.stop();
    await folder[Symbol.asyncDispose]();
  });

  it("has crash safety, logical WAL, 200 connections and listens on 127.0.0.1 alone", async () => {
    const names = ["fsync", "full_page_writes", "wal_level", "max_connections", "listen_addresses", "TimeZone"];
    const [row] = await queryOnce(
      postgres.url("postgres"),
      `select ${names.map((name) => `current_setting('${name}') as "${name}"`).join(", ")}`,
    );
    expect(row).toEqual({
      fsync: "on",
      full_page_writes: "on",
      wal_level: "logical",
      max_connections: "200",
      listen_addresses: "127.0.0.1",
      TimeZone: "UTC",
    });
  });

  it("keeps text as UTF-8 under the builtin C.UTF-8 locale", async () => {
    const rows = await queryOnce(
      postgres.url("postgres"),
      "select pg_encoding_to_char(encoding) as encoding, datlocprovider, datlocale, upper('é') as upper from pg_database where datname = 'template1'",
    );
    expect(rows).toEqual([{ encoding: "UTF8", datlocprovider: "b", datlocale: "C.UTF-8", upper: "É" }]);
  });

  it("refuses a wrong password", async () => {
    const url = new URL(postgres.url("postgres"));
    url.password = "wrong";
    await expect(queryOnce(url.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
  });

  it("keeps its password in a file that only its owner may read", async () => {
    const { mode } = await stat(path.join(folder.path, "cluster", "password"));
    expect(mode & 0o777).toBe(0o600);
  });

  it("is adopted, not started again, by a second start on its folder", async () => {
    const lines: string[] = [];
    const second = await startLocalPostgres({ dataFolder: folder.path, log: (line) => lines.push(line) });
    expect(second.port).toBe(postgres.port);
    expect(lines).toEqual([expect.stringContaining("adopted")]);
  });

  it("is refused with IN_USE by a start that asks for another port", async () => {
    const port = postgres.port === 65_000 ? 65_001 : 65_000;
    await expect(startLocalPostgres({ dataFolder: folder.path, port })).rejects.toMatchObject({ code: "IN_USE" });
  });
});

describe("a data folder", () => {
  it("keeps its rows over a stop and a second start", async () => {
    await using folder = await makeTemporaryFolder();
    const first = await startLocalPostgres({ dataFolder: folder.path, durable: false });
    await queryOnce(first.url("postgres"), "create table kept as select 42 as answer");
    await first.stop();
    await first.stop();
    await expect(queryOnce(first.url("postgres"), "select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });

    await using second = await startLocalPostgres({ dataFolder: folder.path, durable: false });
    expect(await queryOnce(second.url("postgres"), "select answer from kept")).toEqual([{ answer: 42 }]);
    await expect(startLocalPostgres({ dataFolder: folder.path })).rejects.toMatchObject({
      code: "IN_USE",
      message: expect.stringContaining("crash safety") as string,
    });
  });

  it("gets one server from three starts at once", async () => {
    await using folder = await makeTemporaryFolder();
    const options = { dataFolder: folder.path, durable: false };
    const all = await Promise.all([1, 2, 3].map(() => startLocalPostgres(options)));
    try {
      expect(new Set(all.map((postgres) => postgres.port)).size).toBe(1);
    } finally {
      await Promise.all(all.map((postgres) => postgres.stop()));
    }
  });
});

describe("an asked-for port", () => {
  it("that another program holds is refused with IN_USE", async () => {
    await using folder = await makeTemporaryFolder();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    try {
      await expect(
        startLocalPostgres({ dataFolder: folder.path, port: address.port, durable: false }),
      ).rejects.toMatchObject({ code: "IN_USE", message: expect.stringContaining(String(address.port)) as string });
    } finally {
      server.close();
    }
    await using postgres = await startLocalPostgres({ dataFolder: folder.path, port: address.port, durable: false });
    expect(postgres.port).toBe(address.port);
  });

  it("that is no port number is a TypeError", async () => {
    await expect(startLocalPostgres({ dataFolder: "unused", port: 70_000 })).rejects.toBeInstanceOf(TypeError);
  });
});
