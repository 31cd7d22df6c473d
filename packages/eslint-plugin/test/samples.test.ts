import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Linter } from "eslint";
import { expect, test } from "vitest";
import { repositoryConfig } from "./repository-settings.ts";

const folder = path.join(import.meta.dirname, "samples");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));

test("exactly the marked lines of the samples are reported", () => {
  const marked = files.flatMap(marksIn).sort();
  const reported = files.flatMap(reportsIn).sort();
  expect(reported).toEqual(marked);
  expect(marked.length).toBeGreaterThan(30);
});

test("the README states what was measured", () => {
  const marked = files.flatMap(marksIn);
  const reported = files.flatMap(reportsIn);
  const right = reported.filter((place) => marked.includes(place)).length;
  const readme = readFileSync(path.join(import.meta.dirname, "../README.md"), "utf8");
  expect(readme).toContain(`${files.length} files with ${marked.length} marked places`);
  expect(readme).toContain(`precision ${percent(right / reported.length)}, recall ${percent(right / marked.length)}`);
});

/** `// expect: rule, rule` at the end of a line, or `// expect-next: rule` on the line before. */
function marksIn(file: string): string[] {
  return read(file)
    .split("\n")
    .flatMap((line, index) => {
      const [, next, rules] = /\/\/ expect(-next)?: (.+)$/.exec(line) ?? [];
      const number = index + (next === undefined ? 1 : 2);
      return (rules ?? "")
        .split(", ")
        .filter((rule) => rule !== "")
        .map((rule) => `${file}:${number} rowhouse/${rule}`);
    });
}

function reportsIn(file: string): string[] {
  const linter = new Linter();
  const config = repositoryConfig({});
  return linter
    .verify(read(file), config, { filename: nameOf(file) })
    .map(({ line, ruleId, message }) => `${file}:${line} ${ruleId ?? message}`);
}

/** `// as: app/[orgSlug]/page.tsx` in the first line: what the file would be called in its application. */
function nameOf(file: string): string {
  return /^\/\/ as: (.+)/.exec(read(file))?.[1] ?? file;
}

function read(file: string): string {
  return readFileSync(path.join(folder, file), "utf8");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
