import { existsSync } from "node:fs";
import { createServer, type Server } from "node:net";
import path from "node:path";
import {
  chooseFreePort,
  ensureDatabase,
  startLocalPostgres,
  withDatabase,
  type LocalPostgres,
} from "@rowhouse/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureProduct, makeStartFolder, runStart, type StartFolder } from "./run-start.ts";

let folder: StartFolder;
let postgres: LocalPostgres;

beforeAll(async () => {
  await ensureProduct();
  folder = await makeStartFolder();
  postgres = await startLocalPostgres({ dataFolder: path.join(folder.path, "elsewhere"), durable: false });
});

afterAll(async () => {
  await postgres.stop();
  await folder.remove();
});

/** One line on standard error, code 1, no stack. @returns the line */
async function refusal(environment: Readonly<Record<string, string>>): Promise<string> {
  const run = runStart({
    ROWHOUSE_DATA: path.join(folder.path, "data"),
    PORT: String(await chooseFreePort()),
    ...environment,
  });
  expect((await run.ended()).code).toBe(1);
  expect(run.errors()).toMatch(/^Rowhouse did not start: [^\n]+\n$/);
  expect(run.errors()).not.toMatch(/ {4}at |node:internal|\.ts:\d/);
  return run.errors();
}

describe("settings that cannot be used are refused in one line", () => {
  const goodSecret = "kQ3vX9_pL2mN8rT5wY7zB4cD6fG1hJ0s";
  it.each([
    [{ PORT: "abc" }, "PORT must be a whole number from 1 to 65535"],
    [{ PORT: "0" }, "PORT must be a whole number from 1 to 65535"],
    [{ PORT: "70000" }, "PORT must be a whole number from 1 to 65535"],
    [{ HOST: "203.0.113.7" }, "HOST 203.0.113.7 is no address of this machine"],
    [{ ROWHOUSE_SECRET: "" }, "ROWHOUSE_SECRET needs at least 32 characters; make one with"],
    [{ ROWHOUSE_SECRET: "kQ3vX9" }, "ROWHOUSE_SECRET needs at least 32 characters; make one with"],
    [{ ROWHOUSE_SECRET: "please-change-me-please-change-me" }, "ROWHOUSE_SECRET is a placeholder; make one with"],
    [{ ROWHOUSE_SECRET: "a".repeat(40) }, "ROWHOUSE_SECRET is a placeholder; make one with"],
    [{ ROWHOUSE_DATA: "/dev/null/x" }, "/dev/null/x cannot be written"],
    [
      { DATABASE_URL: "mysql://root:hush@127.0.0.1/app" },
      "DATABASE_URL must be postgres://user:password@host:5432/database",
    ],
    [{ DATABASE_URL: "postgres:///app?host=/tmp", ROWHOUSE_SECRET: goodSecret }, "DATABASE_URL names no host"],
    [
      { DATABASE_URL: "postgres://u:hush@127.0.0.1:1/app" },
      "The database at 127.0.0.1:1/app cannot be reached (connect ECONNREFUSED",
    ],
    [{ DATABASE_URL: "postgres://u:hush@no-such-host.invalid/app" }, "no machine is called no-such-host.invalid"],
  ])("%o", async (environment, words) => {
    const line = await refusal(environment);
    expect(line).toContain(words);
    expect(line).not.toContain("hush");
  });
});

describe("a database that cannot be used is refused in one line", () => {
  it("for a wrong password, which is not printed", async () => {
    const url = new URL(postgres.url("postgres"));
    url.password = "hush-hush";
    const line = await refusal({ DATABASE_URL: url.href });
    expect(line).toContain("refuses the password of the user postgres");
    expect(line).not.toContain("hush");
  });

  it("for a database that is not there, with the command that makes it", async () => {
    const line = await refusal({ DATABASE_URL: withDatabase(postgres.url("postgres"), "nowhere") });
    expect(line).toContain("does not exist. Make it (create database nowhere)");
    expect(line).not.toContain(new URL(postgres.url("postgres")).password);
  });
});

describe("a port", () => {
  let taken: Server;
  let port: number;
  beforeAll(async () => {
    port = await chooseFreePort();
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(port, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => taken.close(resolve)));

  it("in use is refused in one line that names another, and starts nothing", async () => {
    const line = await refusal({ PORT: String(port) });
    expect(line).toContain(
      `Port ${port} is in use. Stop what runs there, or choose another: PORT=${port + 1} npm start`,
    );
    expect(existsSync(path.join(folder.path, "data/postgres"))).toBe(false);
  });
});

describe("DATABASE_URL", () => {
  it("is used in place of the embedded Postgres, which does not start and is not stopped", async () => {
    await ensureDatabase(postgres.url("postgres"), "elsewhere");
    const data = path.join(folder.path, "own");
    const run = runStart({
      ROWHOUSE_DATA: data,
      PORT: String(await chooseFreePort()),
      HOST: "::1",
      DATABASE_URL: postgres.url("elsewhere"),
    });
    const output = await run.ready();
    expect(output).toContain("ada@demo.example");
    expect(output).not.toContain("embedded");
    expect(existsSync(path.join(data, "postgres"))).toBe(false);
    run.process.kill("SIGTERM");
    expect((await run.ended()).code).toBe(0);
    expect(run.errors()).toBe("");
    expect(await ensureDatabase(postgres.url("postgres"), "elsewhere")).toBe(false);
  });

  it("of a database with accounts of somebody else gets no demo and prints no sign-in", async () => {
    const run = runStart({
      ROWHOUSE_DATA: path.join(folder.path, "other"),
      PORT: String(await chooseFreePort()),
      DATABASE_URL: postgres.url("elsewhere"),
    });
    const output = await run.ready();
    expect(output).toContain("had accounts before this start");
    expect(output).not.toContain("ada@demo.example");
    run.process.kill("SIGHUP");
    expect((await run.ended()).code).toBe(0);
  });

  it("of a database with a policy that no migration made is refused, with each finding", async () => {
    const admin = new pg.Client({ connectionString: postgres.url("elsewhere") });
    await admin.connect();
    await admin.query(
      "create policy everybody on projects using (true); create policy everybody on tasks using (true)",
    );
    await admin.end();
    const run = runStart({
      ROWHOUSE_DATA: path.join(folder.path, "other"),
      PORT: String(await chooseFreePort()),
      DATABASE_URL: postgres.url("elsewhere"),
    });
    expect((await run.ended()).code).toBe(1);
    expect(run.errors()).toMatch(/^Rowhouse did not start: .*The database does not keep tenants apart, by 2 finding/);
    expect(run.errors()).toMatch(
      / \| - projects: policy everybody is added [^|]+ \| - tasks: policy everybody is added [^|\n]+\n$/,
    );
  });
});
