import assert from "node:assert/strict";
import { test } from "node:test";
import { assertChromium } from "../assert-chromium.mjs";
import { countReport, describeCounts } from "../counts.mjs";

const file = (status, ...statuses) => ({ status, assertionResults: statuses.map((each) => ({ status: each })) });

test("the last line is the sum over both runners, with skipped ones only when there are any", () => {
  const one = { passed: 3, failed: 0, skipped: 0 };
  assert.deepEqual(describeCounts([one, one]), { line: "6 passed, 0 failed", ok: true });
  assert.deepEqual(describeCounts([one, { passed: 1, failed: 2, skipped: 4 }]), {
    line: "4 passed, 2 failed, 4 skipped",
    ok: false,
  });
});

test("a run without a test is no success", () => {
  assert.equal(describeCounts([{ passed: 0, failed: 0, skipped: 0 }]).ok, false);
});

test("a failed test counts once, and a file that could not be loaded counts as one", () => {
  const testResults = [file("passed", "passed", "pending"), file("failed", "passed", "failed"), file("failed")];
  assert.deepEqual(countReport({ testResults }, 1), { passed: 2, failed: 2, skipped: 1 });
});

test("an error outside of every test, and a runner that wrote no report, count as one failure", () => {
  assert.deepEqual(countReport({ testResults: [file("passed", "passed")] }, 1), { passed: 1, failed: 1, skipped: 0 });
  assert.deepEqual(countReport(undefined, null), { passed: 0, failed: 1, skipped: 0 });
});

test("without Chromium the message says how to install it", () => {
  assert.throws(
    () => assertChromium(["/nowhere/chromium"]),
    /^Error: The browser tests need Chromium.*apt-get install/,
  );
  assert.doesNotThrow(() => assertChromium(["/nowhere/chromium", process.execPath]));
});
