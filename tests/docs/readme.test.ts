import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ensureDatabase, startLocalPostgres, type LocalPostgres } from "@rowhouse/local-postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readBlock, root, runExample } from "./run-example.ts";

let folder: string;
let postgres: LocalPostgres;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-docs-"));
  await chmod(folder, 0o711);
  postgres = await startLocalPostgres({ dataFolder: path.join(folder, "data"), durable: false });
  await ensureDatabase(postgres.url("postgres"), "example");
});

afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true });
});

it("the README's example has right types, runs, and prints what its comments say", async () => {
  const example = await readBlock("README.md", "ts");
  const runtime = new URL(postgres.url("example"));
  runtime.username = "rowhouse_runtime";
  runtime.password = "runtime-password";
  const settings = [
    `export const adminUrl = ${JSON.stringify(postgres.url("example"))};`,
    `export const runtimeUrl = ${JSON.stringify(runtime.href)};`,
    `export const passwords = { runtime: "runtime-password" };`,
    `export const ada = "0198c7c3-6f5e-7d1a-8f64-2b1c9e4f7a01";`,
    `export const grace = "0198c7c3-6f5e-7d1a-8f64-2b1c9e4f7a02";`,
  ];
  const files = {
    "example.ts": example,
    "settings.ts": settings.join("\n"),
    "sql/0001-projects.sql": await readBlock("README.md", "sql"),
  };
  const printed = [...example.matchAll(/console\.log\(.*\/\/ (.+)$/gm)].map(([, comment]) => comment);
  expect(printed).toHaveLength(2);
  expect(await runExample({ files, main: "example.ts" })).toBe(`${printed.join("\n")}\n`);
});

it.each(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])("every file that %s links to is there", async (file) => {
  const text = await readFile(path.join(root, file), "utf8");
  const links = [...text.matchAll(/\]\(([^)#:]+)\)|\b(?:src|srcset)="([^":]+)"/g)].map(
    ([, link, source]) => link ?? source ?? "",
  );
  expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([]);
});
