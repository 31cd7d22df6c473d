import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import * as dangerousSql from "./dangerous-sql.mjs";
import * as errorCodes from "./error-codes.mjs";
import * as fileSize from "./file-size.mjs";
import * as folderDepth from "./folder-depth.mjs";
import * as importDirection from "./import-direction.mjs";
import * as logicalDirections from "./logical-directions.mjs";
import * as machineTraces from "./machine-traces.mjs";
import * as names from "./names.mjs";

/** A rule gives one line for each place that breaks it; `advise` gives lines that are printed and fail nothing. */
const houseRules = [
  fileSize,
  names,
  folderDepth,
  importDirection,
  machineTraces,
  dangerousSql,
  errorCodes,
  logicalDirections,
];

/**
 * What has to exist before lint and types can look, and a clean clone does not have: Next's types of its routes, and the
 * Prisma clients of tests and examples.
 *
 * @param {string} root
 * @returns {import("./run-steps.mjs").Step[]}
 */
export function listPreparations(root) {
  const withNext = listWorkspaces(root).filter((folder) => existsSync(join(folder, "next.config.ts")));
  return [
    nodeStep(root, "clients (prisma)", [join(root, "scripts/generate-prisma-client.cjs")]),
    ...withNext.map((folder) => ({
      name: `route types (${relative(root, folder)})`,
      run: () => runNode(folder, [next(root), "typegen"]),
    })),
  ];
}

/**
 * All that `npm run check` does, in order.
 *
 * @param {string} root
 * @returns {import("./run-steps.mjs").Step[]}
 */
export function listSteps(root) {
  return [
    nodeStep(root, "format (prettier)", [prettier(root), "--check", "--log-level=warn", "."]),
    nodeStep(root, "lint (eslint)", [eslint(root), "--max-warnings=0", "."]),
    ...listWorkspaces(root).map((folder) => typeStep(root, folder)),
    nodeStep(root, "tests of the scripts", ["--test", "--test-reporter=dot", ...listScriptTests(root)]),
    ...houseRules.map((rule) => ruleStep(root, rule)),
  ];
}

const prettier = (root) => join(root, "node_modules/prettier/bin/prettier.cjs");
const eslint = (root) => join(root, "node_modules/eslint/bin/eslint.js");
const tsc = (root) => join(root, "node_modules/typescript/bin/tsc");
const next = (root) => join(root, "node_modules/next/dist/bin/next");

function typeStep(root, folder) {
  return nodeStep(root, `types (${relative(root, folder)})`, [
    tsc(root),
    "-p",
    folder,
    "--noEmit",
    "--pretty",
    "false",
  ]);
}

function ruleStep(root, rule) {
  return {
    name: rule.name,
    run: async () => {
      const findings = await rule.run(root);
      const advice = (await rule.advise?.(root)) ?? [];
      const report = [...findings, ...advice.map((line) => `(advice) ${line}`)].join("\n");
      return { ok: findings.length === 0, report };
    },
  };
}

function nodeStep(root, name, nodeArguments) {
  return { name, run: () => runNode(root, nodeArguments) };
}

function runNode(folder, nodeArguments) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, nodeArguments, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.once("error", fail);
    child.once("close", (code, signal) => {
      const ending = signal === null ? "" : `ended by ${signal}`;
      done({ ok: code === 0, report: code === 0 ? "" : `${output}${ending}` });
    });
  });
}

function listWorkspaces(root) {
  const grouped = ["packages", "examples"].flatMap((group) =>
    readdirSync(join(root, group)).map((folder) => join(group, folder)),
  );
  return [...grouped, "examples", "apps/web", "tests", "bench"]
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(join(folder, "tsconfig.json")));
}

function listScriptTests(root) {
  const folders = ["scripts/check/test", "scripts/install/test", "scripts/mutation/test"].map((folder) =>
    join(root, folder),
  );
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".test.mjs"))
      .map((file) => join(folder, file)),
  );
}
