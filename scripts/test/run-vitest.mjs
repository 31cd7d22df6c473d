import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countReport } from "./counts.mjs";

/**
 * Runs vitest with its usual output, and reads the numbers from its JSON report.
 *
 * @param {string} root
 * @param {readonly string[]} given what stood behind `npm test --`
 * @returns {Promise<import("./counts.mjs").Counts>}
 */
export async function runVitest(root, given) {
  const folder = mkdtempSync(join(tmpdir(), "rowhouse-report-"));
  const reportFile = join(folder, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  // A word may name a script's test alone; whether any test ran is decided over both runners.
  const exitCode = await run(root, ["run", "--passWithNoTests", ...reporters, ...given]);
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, "utf8")) : undefined;
  rmSync(folder, { recursive: true, force: true });
  return countReport(report, exitCode);
}

function run(root, vitestArguments) {
  return new Promise((done, fail) => {
    const program = join(root, "node_modules/vitest/vitest.mjs");
    const child = spawn(process.execPath, [program, ...vitestArguments], { cwd: root, stdio: "inherit" });
    // Ctrl-C reaches vitest by itself; this process waits for it to put its servers away.
    const pass = (signal) => child.kill(signal);
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, pass);
    child.once("error", fail);
    child.once("close", (code) => {
      for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, pass);
      done(code);
    });
  });
}
