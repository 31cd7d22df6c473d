import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { printedBy, startExamplePostgres, type ExamplePostgres } from "./example-postgres.ts";
import { exampleTimeout, readBlock, root, runExample } from "./run-example.ts";

let postgres: ExamplePostgres;

beforeAll(async () => {
  postgres = await startExamplePostgres();
});
afterAll(() => postgres[Symbol.asyncDispose]());

it(
  "the README's example has right types, runs, and prints what its comments say",
  async () => {
    const example = await readBlock("README.md", "ts");
    const settings = [
      `export const adminUrl = ${JSON.stringify(postgres.adminUrl)};`,
      `export const runtimeUrl = ${JSON.stringify(postgres.runtimeUrl)};`,
      `export const passwords = { runtime: "runtime-password" };`,
      `export const ada = "0198c7c3-6f5e-7d1a-8f64-2b1c9e4f7a01";`,
      `export const grace = "0198c7c3-6f5e-7d1a-8f64-2b1c9e4f7a02";`,
    ];
    const files = {
      "example.ts": example,
      "settings.ts": settings.join("\n"),
      "sql/0001-projects.sql": await readBlock("README.md", "sql"),
    };
    const printed = printedBy(example);
    expect(printed.trim().split("\n")).toHaveLength(2);
    expect(await runExample({ files, main: "example.ts" })).toBe(printed);
  },
  exampleTimeout,
);

it.each(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])("every file that %s links to is there", async (file) => {
  const text = await readFile(path.join(root, file), "utf8");
  const links = [...text.matchAll(/\]\(([^)#:]+)\)|\b(?:src|srcset)="([^":]+)"/g)].map(
    ([, link, source]) => link ?? source ?? "",
  );
  expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([]);
});
