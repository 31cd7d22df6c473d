import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const countingReporter = fileURLToPath(new URL("counting-reporter.mjs", import.meta.url));

/**
 * Runs the tests of `scripts/` on Node's own runner: they must work before anything is installed.
 *
 * @param {string} root
 * @param {readonly string[]} words only files with one of these in their path; all without any
 * @returns {Promise<import("./counts.mjs").Counts>}
 */
export async function runScriptTests(root, words) {
  const files = listTests(root).filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const folder = mkdtempSync(join(tmpdir(), "rowhouse-report-"));
  const reportFile = join(folder, "node.json");
  const exitCode = await run(root, [
    "--test",
    ...["--test-reporter=dot", "--test-reporter-destination=stdout"],
    ...[`--test-reporter=${countingReporter}`, `--test-reporter-destination=${reportFile}`],
    ...files,
  ]);
  const report = existsSync(reportFile) ? readFileSync(reportFile, "utf8") : "";
  rmSync(folder, { recursive: true, force: true });
  const counts = report === "" ? { passed: 0, failed: 0, skipped: 0 } : JSON.parse(report);
  if (counts.failed > 0) await run(root, ["--test", "--test-reporter=spec", ...files]);
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function listTests(root) {
  return readdirSync(join(root, "scripts"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, "scripts", entry.name, "test")))
    .flatMap(({ name }) =>
      readdirSync(join(root, "scripts", name, "test")).map((file) => join("scripts", name, "test", file)),
    )
    .filter((file) => file.endsWith(".test.mjs"));
}

function run(root, nodeArguments) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, nodeArguments, { cwd: root, stdio: "inherit" });
    child.once("error", fail);
    child.once("close", done);
  });
}
