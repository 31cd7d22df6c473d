import { expect, it } from "vitest";
import { printedBy, startExamplePostgres } from "./example-postgres.ts";
import { exampleTimeout, readBlock, runExample } from "./run-example.ts";

it(
  "the example of the guide to sealed contexts has right types, runs, and prints what its comments say",
  async () => {
    await using postgres = await startExamplePostgres();
    const example = await readBlock("docs/guide/sealed-context.md", "ts");
    const settings = [
      `export const adminUrl = ${JSON.stringify(postgres.adminUrl)};`,
      `export const runtimeUrl = ${JSON.stringify(postgres.runtimeUrl)};`,
      `export const passwords = { runtime: "runtime-password" };`,
      `export const sealKey = "a key of an example with more than 32 characters";`,
    ];
    const notes =
      "-- risk: none, new\n" +
      "create table notes (organization_id uuid not null, id uuid not null default gen_random_uuid(), text text not null," +
      " primary key (organization_id, id));\n";
    const printed = printedBy(example);
    expect(printed.trim().split("\n")).toHaveLength(2);
    const files = { "example.ts": example, "settings.ts": settings.join("\n"), "sql/0001-notes.sql": notes };
    expect(await runExample({ files, main: "example.ts" })).toBe(printed);
  },
  exampleTimeout,
);
