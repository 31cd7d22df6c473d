import * as parser from "@typescript-eslint/parser";
import type { Linter } from "eslint";
import plugin from "../src/index.ts";

const parsed: Linter.Config = {
  files: ["**/*.{ts,tsx}"],
  languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
};

/** What a repository's own code is linted with, without types. */
export function repositoryConfig(settings: object, rules: Linter.RulesRecord = {}): Linter.Config[] {
  return [parsed, plugin.configs.recommended, { files: ["**/*.{ts,tsx}"], settings: { rowhouse: settings }, rules }];
}
