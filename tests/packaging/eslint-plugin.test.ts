import { afterAll, beforeAll, expect, it } from "vitest";
import { makePackedProject, type PackedProject } from "./packed-project.ts";

let project: PackedProject;

beforeAll(async () => {
  project = await makePackedProject("eslint-plugin-rowhouse");
});
afterAll(() => project[Symbol.asyncDispose]());

it("holds what was compiled and the page of each rule, and neither sources nor tests", async () => {
  await project.write(
    "rules.mjs",
    `import plugin from "eslint-plugin-rowhouse"; console.log(Object.keys(plugin.rules).join(" "));`,
  );
  const rules = (await project.node("rules.mjs")).trim().split(" ");
  expect(rules.length).toBeGreaterThan(5);
  expect(project.files.filter((file) => !/^dist\/.+\.(js|d\.ts)$/.test(file)).toSorted()).toEqual(
    ["README.md", "package.json", ...rules.map((rule) => `docs/${rule}.md`)].toSorted(),
  );
});

it("finds in TypeScript and JavaScript what the recommended configuration of the README is for", async () => {
  await project.write(
    "eslint.config.mjs",
    `import parser from "@typescript-eslint/parser";
     import rowhouse from "eslint-plugin-rowhouse";
     export default [{ files: ["**/*.ts"], languageOptions: { parser } }, rowhouse.configs.recommended];`,
  );
  const leak = `await pool.query("set app.organization_id = 'x'");\n`;
  await project.write("leak.ts", `declare const pool: { query(text: string): Promise<void> };\n${leak}`);
  await project.write("leak.js", leak);
  await project.write("clean.ts", `export const one: number = 1;\n`);
  await project.write(
    "lint.mjs",
    `import path from "node:path";
     import { ESLint } from "eslint";
     const results = await new ESLint().lintFiles(["*.ts", "*.js"]);
     for (const { filePath, messages } of results)
       console.log(path.basename(filePath), [...new Set(messages.map(({ ruleId }) => ruleId))].join(" "));`,
  );
  const lines = (await project.node("lint.mjs")).trim().split("\n");
  expect(lines).toContainEqual(expect.stringMatching(/^leak\.js .*rowhouse\/no-session-set/));
  expect(lines).toContainEqual(expect.stringMatching(/^leak\.ts .*rowhouse\/no-session-set/));
  expect(lines.map((line) => line.trim())).toContain("clean.ts");
});
