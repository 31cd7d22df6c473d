import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chooseFreePort, isPortBusy, startLocalPostgres, withDatabase } from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ensureProduct,
  findProcesses,
  makeStartFolder,
  readLock,
  readPostmaster,
  runStart,
  status,
  untilGone,
} from "./run-start.ts";
import type { StartFolder, StartRun } from "./run-start.ts";

const wholeDemo = { users: 4, organizations: 4, projects: 10 };

let folder: StartFolder;
let port: string;
let run: StartRun;
const environment = () => ({ ROWHOUSE_DATA: folder.path, PORT: port });

beforeAll(async () => {
  await ensureProduct();
  folder = await makeStartFolder();
  port = String(await chooseFreePort());
  run = runStart(environment());
  await run.ready();
});

afterAll(async () => {
  run.process.kill("SIGKILL");
  await folder.remove();
});

describe("a start on an empty folder", () => {
  it("prints the address and the demo's sign-ins, says nothing on standard error, and serves the first page", async () => {
    expect(run.output()).toContain(`Rowhouse runs at ${run.url}\n`);
    expect(run.output()).toMatch(/all with the password\n {2}([a-z]{3}-){5}[a-z]{3}\n/);
    expect(run.output()).toContain("ada@demo.example");
    expect(run.errors()).toBe("");
    expect(await status(`${run.url}/sign-in`)).toBe(200);
    expect(await countDemo()).toEqual(wholeDemo);
  });

  it("makes a second start with the same folder end with one line that says where the first one is", async () => {
    const second = runStart({ ...environment(), PORT: String(await chooseFreePort()) });
    expect((await second.ended()).code).toBe(1);
    expect(second.errors()).toMatch(
      new RegExp(
        `^Rowhouse did not start: Rowhouse already runs at ${run.url} with the data in .* \\(process ${readLock(folder.path)?.pid}\\).*\\n$`,
      ),
    );
    expect(await status(`${run.url}/sign-in`)).toBe(200);
  });
});

describe("Ctrl-C", () => {
  it("pressed twice stops the server and Postgres, frees the port, and ends with 0", async () => {
    const { start, server, postmaster } = findProcesses(folder.path);
    run.process.kill("SIGINT");
    run.process.kill("SIGINT");
    expect((await run.ended()).code).toBe(0);
    expect(run.errors()).toBe("");
    await untilGone([start, server, postmaster]);
    expect(readLock(folder.path)).toBeUndefined();
    expect(await isPortBusy(Number(port))).toBe(false);
  });

  it("during the start leaves nothing behind and ends with 0", async () => {
    const early = runStart(environment());
    await early.said("Starting the embedded Postgres");
    early.process.kill("SIGINT");
    expect(await early.ended()).toMatchObject({ code: 0 });
    expect(early.errors()).toBe("");
    expect(readPostmaster(folder.path)).toBeUndefined();
    expect(readLock(folder.path)).toBeUndefined();
  });
});

describe("a second start", () => {
  it("serves within 10 seconds, builds nothing, and keeps the data and the password", async () => {
    const password = await readFile(path.join(folder.path, "demo-password"), "utf8");
    const began = Date.now();
    run = runStart(environment());
    const output = await run.ready();
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(output).not.toMatch(/Building|Seeding|Migrating/);
    expect(output).toContain(password);
    expect(await countDemo()).toEqual(wholeDemo);
  });
});

describe("after SIGKILL", () => {
  it.each(["npm", "start", "server", "postmaster", "everything"] as const)(
    "of %s the next start recovers by itself",
    async (victim) => {
      const processes = { ...findProcesses(folder.path), npm: run.process.pid };
      for (const pid of victim === "everything" ? Object.values(processes) : [processes[victim]])
        if (pid !== undefined) process.kill(pid, "SIGKILL");
      // Only these two leave somebody behind who says so, or who does not notice.
      if (victim === "server") expect((await run.ended()).code).toBe(1);
      if (victim === "postmaster") run.process.kill("SIGTERM");
      run = runStart(environment());
      await run.ready();
      expect(run.errors()).toBe("");
      await untilGone([processes.npm, processes.start, processes.server]);
      expect(await status(`${run.url}/sign-in`)).toBe(200);
      expect(await countDemo()).toEqual(wholeDemo);
    },
  );

  it("in the middle of the seed the next start finishes it, without doubles", async () => {
    const fresh = await makeStartFolder();
    const settings = { ROWHOUSE_DATA: fresh.path, PORT: String(await chooseFreePort()) };
    let again: StartRun | undefined;
    try {
      const first = runStart(settings);
      await first.said("Seeding the demo");
      const url = await databaseUrl(fresh);
      while (!((await countDemo(url)).users > 0)) await sleep(5);
      process.kill(readLock(fresh.path)?.pid ?? 0, "SIGKILL");
      expect((await first.ended()).code).toBe(1);
      expect(await readFile(path.join(fresh.path, "demo-state"), "utf8")).toBe("unfinished embedded\n");
      again = runStart(settings);
      expect(await again.ready()).toContain("Seeding the demo");
      expect(await countDemo(url)).toEqual(wholeDemo);
    } finally {
      again?.process.kill("SIGTERM");
      await again?.ended();
      await fresh.remove();
    }
  });
});

interface DemoCounts {
  readonly users: number;
  readonly organizations: number;
  readonly projects: number;
}

async function countDemo(url?: string): Promise<DemoCounts> {
  const client = new pg.Client({ connectionString: url ?? (await databaseUrl(folder)) });
  await client.connect();
  try {
    const { rows } = await client.query<DemoCounts>(
      `select (select count(*)::int from auth.users) as users, (select count(*)::int from rowhouse.organizations) as organizations,
         (select count(*)::int from projects) as projects`,
    );
    const [counts] = rows;
    if (counts === undefined) throw new Error("A count gave no row.");
    return counts;
  } finally {
    await client.end();
  }
}

/** Adopts the server that runs; whoever started it stops it. */
async function databaseUrl({ path: data }: StartFolder): Promise<string> {
  const postgres = await startLocalPostgres({ dataFolder: path.join(data, "postgres") });
  return withDatabase(postgres.url("postgres"), "rowhouse");
}
