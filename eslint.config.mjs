import { defineConfig, globalIgnores } from "eslint/config";
import { tsImport } from "tsx/esm/api";
import tseslint from "typescript-eslint";

// From its source: the rules that are linted with are the rules of this commit.
const { default: rowhouse } = await tsImport("./packages/eslint-plugin/src/index.ts", import.meta.url);
const { productPublic, productSettings } = await tsImport(
  "./packages/eslint-plugin/test/repository-names.ts",
  import.meta.url,
);

const typescript = ["**/*.{ts,tsx,mts}"];
const tests = ["**/*.test.{ts,tsx,mjs}", "**/*.test-d.ts"];
const library = ["packages/rowhouse/src/**"];
const settingsFile = ["apps/web/settings.ts", "packages/cli/src/settings.ts", "examples/*/settings.ts"];
// Tool settings belong to no tsconfig of a workspace, and hold nothing that needs types to check.
const toolSettings = ["**/*.config.{ts,mts}"];

const environmentMessage =
  "Only apps/web/settings.ts and packages/cli/src/settings.ts read the environment. Take the value as a parameter, or add it to the settings there.";
const environmentReads = [
  ...["MemberExpression[property.name='env']", "MemberExpression[property.value='env']"].flatMap((env) => [
    `${env}[object.name='process']`,
    `${env}[object.property.name='process']`,
  ]),
].map((selector) => ({ selector, message: environmentMessage }));
// Handing the environment on to a child process, with one value changed, needs a copy of it and reads nothing from it.
const environmentReadsButCopies = environmentReads.map(({ selector, message }) => ({
  selector: `:not(SpreadElement) > ${selector}`,
  message,
}));
const environmentDetours = [
  "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
  "ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name='env']",
  "ImportDeclaration[source.value=/^(node:)?process$/] > ImportDefaultSpecifier[local.name!='process']",
  "ImportDeclaration[source.value=/^(node:)?process$/] > ImportNamespaceSpecifier",
].map((selector) => ({ selector, message: environmentMessage }));

const openExports = [
  { selector: "ExportAllDeclaration", message: "Name each export: `export *` lets internals out unseen." },
];
const defaultExports = ["ExportDefaultDeclaration", "ExportSpecifier[exported.name='default']"].map((selector) => ({
  selector,
  message: "The library has named exports only.",
}));

const functionLines = (max) => ["error", { max, skipComments: true, skipBlankLines: true }];

/** Rules that need no types, for every file. TypeScript itself finds what is undefined or unreachable. */
const everywhere = {
  eqeqeq: ["error", "always"],
  "no-var": "error",
  "prefer-const": "error",
  "no-constant-condition": ["error", { checkLoops: false }],
  "no-debugger": "error",
  "no-dupe-else-if": "error",
  "no-duplicate-case": "error",
  "no-empty": "error",
  "no-eval": "error",
  "no-self-assign": "error",
  "no-self-compare": "error",
  "no-sparse-arrays": "error",
  "no-unreachable": "error",
  "no-unsafe-finally": "error",
  "no-unused-labels": "error",
  "no-useless-catch": "error",
  "require-yield": "error",
  "no-warning-comments": ["error", { terms: ["fixme", "xxx"] }],
  "max-params": ["error", 3],
  "max-lines-per-function": functionLines(60),
  "no-restricted-syntax": ["error", ...environmentReads, ...environmentDetours, ...openExports],
};

const typeAware = {
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/no-non-null-assertion": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": "error",
  "@typescript-eslint/only-throw-error": "error",
  "@typescript-eslint/switch-exhaustiveness-check": [
    "error",
    { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
  ],
  "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
  "@typescript-eslint/consistent-type-exports": "error",
  "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
  "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
  // A scope callback or an interface may have to be async without having anything to await.
  "@typescript-eslint/require-await": "off",
};

export default defineConfig(
  globalIgnores([
    "**/dist/",
    "**/.next/",
    "**/.rowhouse/",
    "**/coverage/",
    "**/next-env.d.ts",
    "packages/eslint-plugin/test/samples/",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["**/*.{js,mjs,ts,tsx,mts}"], rules: everywhere },
  {
    files: ["**/*.{js,mjs}"],
    rules: { "no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }] },
  },
  {
    files: typescript,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: typeAware,
  },
  {
    files: toolSettings,
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
  { files: ["**/*.tsx"], rules: { "max-lines-per-function": functionLines(90) } },
  {
    files: library,
    rules: {
      "no-console": "error",
      "no-restricted-syntax": ["error", ...environmentReads, ...environmentDetours, ...openExports, ...defaultExports],
    },
  },
  {
    files: ["scripts/**", "tests/**"],
    rules: {
      "no-restricted-syntax": ["error", ...environmentReadsButCopies, ...environmentDetours, ...openExports],
    },
  },
  { files: settingsFile, rules: { "no-restricted-syntax": ["error", ...openExports] } },
  {
    files: ["apps/web/**/*.{ts,tsx}"],
    ignores: ["apps/web/test/**"],
    extends: [rowhouse.configs.recommended],
    settings: { rowhouse: productSettings },
    rules: { "rowhouse/guarded-entry": ["error", { public: productPublic }] },
  },
  // A describe block is as long as its rules are many; the size of the file bounds it.
  { files: tests, rules: { "max-lines-per-function": "off" } },
);
