import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { printedBy, startExamplePostgres, type ExamplePostgres } from "./example-postgres.ts";
import { exampleTimeout, readBlock, root, runExamples } from "./run-example.ts";

let postgres: ExamplePostgres;
let sealed: ExamplePostgres;

beforeAll(async () => {
  [postgres, sealed] = await Promise.all([startExamplePostgres(), startExamplePostgres()]);
});
afterAll(() => Promise.all([postgres[Symbol.asyncDispose](), sealed[Symbol.asyncDispose]()]));

it(
  "the examples of the README and of the guide to sealed contexts have right types, run, and print what their comments say",
  async () => {
    const examples = [await readmeExample(), await sealedExample()];
    const printed = examples.map(({ files }) => printedBy(files["example.ts"]));
    expect(printed.map((text) => text.trim().split("\n").length)).toEqual([2, 2]);
    expect(await runExamples(...examples)).toEqual(printed);
  },
  exampleTimeout,
);

async function readmeExample() {
  const settings = [
    ...settingsOf(postgres),
    `export const ada = "0198c7c3-6f5e-7d1a-8f64-2b1c9e4f7a01";`,
    `export const grace = "0198c7c3-6f5e-7d1a-8f64-2b1c9e4f7a02";`,
  ];
  const files = {
    "example.ts": await readBlock("README.md", "ts"),
    "settings.ts": settings.join("\n"),
    "sql/0001-projects.sql": await readBlock("README.md", "sql"),
  };
  return { files, main: "example.ts" };
}

async function sealedExample() {
  const notes =
    "-- risk: none, new\n" +
    "create table notes (organization_id uuid not null, id uuid not null default gen_random_uuid(), text text not null," +
    " primary key (organization_id, id));\n";
  const settings = [
    ...settingsOf(sealed),
    `export const sealKey = "a key of an example with more than 32 characters";`,
  ];
  const files = {
    "example.ts": await readBlock("docs/guide/sealed-context.md", "ts"),
    "settings.ts": settings.join("\n"),
    "sql/0001-notes.sql": notes,
  };
  return { files, main: "example.ts" };
}

function settingsOf({ adminUrl, runtimeUrl }: ExamplePostgres): string[] {
  return [
    `export const adminUrl = ${JSON.stringify(adminUrl)};`,
    `export const runtimeUrl = ${JSON.stringify(runtimeUrl)};`,
    `export const passwords = { runtime: "runtime-password" };`,
  ];
}

it.each(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])("every file that %s links to is there", async (file) => {
  const text = await readFile(path.join(root, file), "utf8");
  const links = [...text.matchAll(/\]\(([^)#:]+)\)|\b(?:src|srcset)="([^":]+)"/g)].map(
    ([, link, source]) => link ?? source ?? "",
  );
  expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([]);
});
