import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { assertChromium } from "./test/assert-chromium.mjs";
import { describeCounts } from "./test/counts.mjs";
import { runScriptTests } from "./test/run-script-tests.mjs";
import { runVitest } from "./test/run-vitest.mjs";

// `npm test` runs everything; `npm test -- tenant` the files with that word in their path; options go to vitest.
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const given = process.argv.slice(2);
const isOnlyWords = given.every((argument) => !argument.startsWith("-"));

await ensureInstalled(root);
try {
  if (given.length === 0) assertChromium();
  const scripts = isOnlyWords ? await runScriptTests(root, given) : { passed: 0, failed: 0, skipped: 0 };
  const { line, ok } = describeCounts([scripts, await runVitest(root, given)]);
  console.log(`\n${line}`);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
