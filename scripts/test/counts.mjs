/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The last line of `npm test`, and whether the whole of it was good: something ran and nothing failed.
 *
 * @param {Counts[]} parts
 * @returns {{ line: string, ok: boolean }}
 */
export function describeCounts(parts) {
  const sum = (name) => parts.reduce((total, part) => total + part[name], 0);
  const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  return { line, ok: failed === 0 && passed > 0 };
}

/**
 * Counts vitest's JSON report. A file that could not be loaded, and an error outside of every test, fail the run without
 * a failed test: each counts as one.
 *
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] } | undefined} report
 * @param {number | null} exitCode
 * @returns {Counts}
 */
export function countReport(report, exitCode) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter(({ status }) => status === "passed").length;
  const failedTests = tests.filter(({ status }) => status === "failed").length;
  const brokenFiles = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  const failed = failedTests + brokenFiles;
  return {
    passed,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: tests.length - passed - failedTests,
  };
}
