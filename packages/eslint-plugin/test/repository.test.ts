import path from "node:path";
import { ESLint, type Linter } from "eslint";
import { expect, test } from "vitest";
import { librarySettings, productPublic, productSettings } from "./repository-names.ts";
import { repositoryConfig } from "./repository-settings.ts";

const root = path.join(import.meta.dirname, "../../..");
const ignored = { ignores: ["**/.next/**", "**/dist/**", "**/test/**", "**/generated/**"] };

test("the reference product has no finding", async () => {
  const rules: Linter.RulesRecord = { "rowhouse/guarded-entry": ["error", { public: productPublic }] };
  expect(await lint("apps/web/**/*.{ts,tsx}", repositoryConfig(productSettings, rules))).toEqual([]);
});

test("the library has no finding", async () => {
  expect(
    await lint("packages/rowhouse/src/**/*.{ts,tsx}", [...repositoryConfig(librarySettings), ownConnections]),
  ).toEqual([]);
});

/** A migration takes the role of the owner on a connection of its own, which no request is served by. */
const ownConnections: Linter.Config = {
  files: ["packages/rowhouse/src/migrations/**"],
  rules: { "rowhouse/no-session-set": "off" },
};

async function lint(files: string, config: Linter.Config[]): Promise<string[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    allowInlineConfig: false,
    overrideConfig: [...config, ignored],
  });
  const results = await eslint.lintFiles(files);
  expect(results.length).toBeGreaterThan(20);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message }) => `${path.relative(root, filePath)}:${line} ${ruleId ?? ""} ${message}`),
  );
}
