import { appendFile, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalPostgres } from "../src/index.ts";
import { queryOnce } from "./query-once.ts";
import { killGroup, readPort, startInChild } from "./start-in-child.ts";
import type { TemporaryFolder } from "./temporary-folder.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

/** Above every Linux and macOS process id. */
const NOBODYS_PID = 99_999_999;

describe("after a kill", () => {
  let folder: TemporaryFolder;
  const start = () => startLocalPostgres({ dataFolder: folder.path, durable: false });
  const pidFile = () => path.join(folder.path, "cluster", "data", "postmaster.pid");
  const readPid = async () => Number((await readFile(pidFile(), "utf8")).split("\n")[0]);

  beforeAll(async () => {
    folder = await makeTemporaryFolder();
    await using postgres = await start();
    await queryOnce(postgres.url("postgres"), "create table kept as select 42 as answer");
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  it("a server whose starter and its whole process group were killed lives on and is adopted", async () => {
    const child = startInChild(folder.path);
    const port = await readPort(child);
    await killGroup(child, "SIGKILL");
    await using adopted = await start();
    expect(adopted.port).toBe(port);
    expect(await queryOnce(adopted.url("postgres"), "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("a server survives Ctrl-C in the terminal of its starter", async () => {
    const child = startInChild(folder.path);
    const port = await readPort(child);
    await killGroup(child, "SIGINT");
    await sleep(300);
    await using adopted = await start();
    expect(adopted.port).toBe(port);
  });

  it("a killed server is started again over its stale pid file", async () => {
    await start();
    const killed = await readPid();
    process.kill(killed, "SIGKILL");
    await using postgres = await start();
    expect(await readPid()).not.toBe(killed);
    expect(await queryOnce(postgres.url("postgres"), "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("a pid file whose number now belongs to another program does not stop the start", async () => {
    await writeFile(pidFile(), `${process.pid}\nelsewhere\n0\n1\n\n127.0.0.1\n0 0\nready\n`);
    await using postgres = await start();
    expect(await queryOnce(postgres.url("postgres"), "select answer from kept")).toEqual([{ answer: 42 }]);
  });
});

describe("a database killed while it was being made", () => {
  it("is made anew, and its remains are removed", async () => {
    await using folder = await makeTemporaryFolder();
    const child = startInChild(folder.path);
    await waitForHalfMade(folder.path);
    await killGroup(child, "SIGKILL");
    expect(await readdir(folder.path)).toEqual([expect.stringMatching(/^initialising-/)]);

    await using postgres = await startLocalPostgres({ dataFolder: folder.path, durable: false });
    expect(await queryOnce(postgres.url("postgres"), "select 1 as one")).toEqual([{ one: 1 }]);
    expect(await readdir(folder.path)).toEqual(["cluster"]);
  });

  it("leaves a live maker's folder alone", async () => {
    await using folder = await makeTemporaryFolder();
    const live = `initialising-${process.ppid}-x`;
    await mkdir(path.join(folder.path, live));
    await mkdir(path.join(folder.path, `initialising-${NOBODYS_PID}-x`));
    await using postgres = await startLocalPostgres({ dataFolder: folder.path, durable: false });
    expect(postgres.port).toBeGreaterThan(0);
    expect((await readdir(folder.path)).sort()).toEqual(["cluster", live]);
  });
});

describe("a database that cannot start", () => {
  it("throws START_FAILED with the server's own words, and INIT_FAILED without touching what is left of a damaged one", async () => {
    await using folder = await makeTemporaryFolder();
    const options = { dataFolder: folder.path, durable: false };
    await (await startLocalPostgres(options)).stop();
    const data = path.join(folder.path, "cluster", "data");
    await appendFile(path.join(data, "postgresql.conf"), "\nno_such_setting = 1\n");
    await expect(startLocalPostgres(options)).rejects.toMatchObject({
      code: "START_FAILED",
      message: expect.stringMatching(/^[^\n]*no_such_setting[^\n]*$/) as string,
    });

    await rm(path.join(data, "PG_VERSION"));
    await expect(startLocalPostgres(options)).rejects.toMatchObject({ code: "INIT_FAILED" });
    expect((await stat(path.join(data, "base"))).isDirectory()).toBe(true);

    await writeFile(path.join(data, "PG_VERSION"), "9\n");
    await expect(startLocalPostgres(options)).rejects.toMatchObject({
      code: "INIT_FAILED",
      message: expect.stringContaining("Postgres 9") as string,
    });
  });
});

async function waitForHalfMade(dataFolder: string): Promise<void> {
  for (;;) {
    const [maker] = await readdir(dataFolder);
    if (maker !== undefined && (await readdir(path.join(dataFolder, maker))).includes("data")) return;
    await sleep(5);
  }
}
